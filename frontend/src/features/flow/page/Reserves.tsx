import { dateWords, shortDay } from '../../../lib/time';
import { ChartFrame } from '../charts/ChartFrame';
import { ReserveSpark } from '../charts/Sparks';
import { t } from '../messages';
import type { Mix, Reserve } from '../types';
import { kindName, percent } from '../words';

const took = (r: Reserve) => r.wipPercent ?? 0;

/** The one that is missed most; else that none is, or why nobody can say. */
function finding(list: readonly Reserve[]): string {
  const [worst] = list.filter((r) => r.missed !== 0).sort((a, b) => Math.abs(b.missed) - Math.abs(a.missed));
  if (worst) return worst.say;
  if (list.some((r) => r.judged)) return t('fl.res.kept');
  if (list.every((r) => r.wipPercent === undefined)) return list[0]!.say;
  if (list.some((r) => r.since < r.from)) return t('fl.res.short');
  return t('fl.res.early', { since: shortDay(list.map((r) => r.since).sort()[0]!) });
}

/** What was reserved for kinds of work, against what they took; nothing where the board reserves nothing. */
export function Reserves({ v }: { v: Mix }) {
  const list = v.reserves;
  if (list.length === 0) return null;
  const top = Math.max(1, ...list.flatMap((r) => [r.percent, took(r), r.finishedPercent]));
  return (
    <ChartFrame
      title={finding(list)}
      sub={t('fl.res.sub', { since: shortDay(list.map((r) => r.from).sort()[0]!) })}
      legend={
        <>
          <span>
            <i className="fl-swatch" data-t="accent" /> {t('fl.mix.wip')}
          </span>
          <span>
            <i className="fl-swatch" data-t="bar" /> {t('fl.finished')}
          </span>
        </>
      }
      why={{ ...v.why, rule: t('fl.res.rule') }}
      twin={{
        head: [
          t('fl.col.kind'),
          t('fl.res.reserved'),
          t('fl.res.since'),
          t('fl.res.took'),
          t('fl.res.ofFinished'),
          t('fl.finished'),
        ],
        rows: list.map((r) => [
          kindName(r.key),
          percent(r.percent),
          dateWords(r.since),
          r.wipPercent === undefined ? t('fl.unknown') : percent(r.wipPercent),
          percent(r.finishedPercent),
          r.finished,
        ]),
      }}
      wide
      bars={list.map((r) => ({
        key: `${r.by} ${r.key}`,
        name: kindName(r.key),
        share: took(r) / top,
        second: r.finishedPercent / top,
        tick: r.percent / top,
        tone: r.missed === 0 ? 'accent' : r.missed > 0 ? 'bad' : 'warn',
        words: (
          <>
            <b>{r.wipPercent === undefined ? t('fl.unknown') : percent(r.wipPercent)}</b>{' '}
            {t('fl.res.words', { p: percent(r.percent) })}
          </>
        ),
      }))}
    >
      <div className="fl-weeks">
        {list
          .filter((r) => r.weeks.length > 1)
          .map((r) => (
            <div key={`${r.by} ${r.key}`}>
              <p>{t('fl.res.weeks', { kind: kindName(r.key), from: shortDay(r.weeks[0]!.monday) })}</p>
              <ReserveSpark weeks={r.weeks} />
            </div>
          ))}
      </div>
    </ChartFrame>
  );
}
