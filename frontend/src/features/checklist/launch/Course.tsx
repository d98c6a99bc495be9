import { absolute, moment } from '../../../lib/time';
import { Avatar } from '../../../ui/Avatar';
import { t } from './messages';
import type { Launch } from './types';
import { earlyTime } from './words';

/** What has become of it, the newest first. */
export function Course({ v }: { v: Launch }) {
  return (
    <section className="panel ln-part">
      <div className="ln-sec">
        <h2 className="h2">{t('ln.course')}</h2>
      </div>
      {v.course.length === 0 ? (
        <p className="quiet ln-empty">{t('ln.courseNone')}</p>
      ) : (
        <ol className="ln-course">
          {v.course.map((l) => (
            <li key={l.seq}>
              <Avatar person={l.person} size={24} decorative />
              <div>
                <p>
                  <b>{l.person?.name}</b> {t(`ln.line.${l.type}` as 'ln.line.launch.began')} {l.stage}
                </p>
                {l.said && <p className="ln-quote">“{l.said}”</p>}
                {l.earlyMinutes && (
                  <>
                    <p className="ln-against">{t('ln.line.early', { time: earlyTime(l.earlyMinutes) })}</p>
                    <p className="ln-quote">“{l.why}”</p>
                  </>
                )}
                {l.freezes && l.freezes.length > 0 && (
                  <p className="ln-against">
                    {t('ln.line.freezes', {
                      n: l.freezes.length,
                      titles: l.freezes.map((x) => `“${x}”`).join(', '),
                    })}
                  </p>
                )}
                <p className="small quiet">
                  <time dateTime={l.at} title={absolute(l.at)}>
                    {moment(l.at)}
                  </time>
                  {l.blocking ? ` · ${t('ln.warn.blocking', { n: l.blocking })}` : ''}
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
