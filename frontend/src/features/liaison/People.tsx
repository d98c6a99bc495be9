import { CalendarX2 } from 'lucide-react';
import { dateWords } from '../../lib/time';
import { Avatar } from '../../ui/Avatar';
import { DiscIcon } from '../../ui/DiscIcon';
import { disciplineName } from '../../ui/messages';
import { t } from './messages';
import { PatternMark } from './PatternMark';
import type { Coverage, PersonCover } from './types';

/** What each has promised of a week; the mark is what running and on call leave. */
export function People({
  data,
  all,
  onLeave,
}: {
  data: Coverage;
  /** Everybody of the discipline with every seat, not only who covers. */
  all?: boolean;
  onLeave: (p: PersonCover) => void;
}) {
  const people = all ? data.people : data.people.filter((p) => p.seats.some((s) => !s.deputy));
  const mark = Math.round(100 * (1 - data.running));
  return (
    <section className="panel" aria-labelledby="cv-people">
      <header className="cv-head">
        <h2 className="h2" id="cv-people">
          {t(all ? 'cv.everybody' : 'cv.people', {
            n: people.length,
            discipline: disciplineName(data.discipline),
          })}
        </h2>
        <p className="small quiet">{t('cv.peopleText', { n: mark })}</p>
      </header>
      <ul className="cv-ppl" data-all={all || undefined}>
        {people.map((p) => (
          <Person key={p.person.id} p={p} mark={mark} all={all} onLeave={() => onLeave(p)} />
        ))}
      </ul>
    </section>
  );
}

function Teams({ names }: { names: readonly string[] }) {
  const line = names.join(', ');
  return <small title={line}>{line}</small>;
}

function Person({
  p,
  mark,
  all,
  onLeave,
}: {
  p: PersonCover;
  mark: number;
  all: boolean | undefined;
  onLeave: () => void;
}) {
  const own = p.seats.filter((s) => !s.deputy);
  const deputy = p.seats.filter((s) => s.deputy);
  const share = Math.round(100 * p.share);
  const notes = [
    own.length ? t('cv.who.teams', { n: own.length }) : t('cv.who.rest'),
    share > mark && t('cv.who.overMark', { n: share - mark }),
    p.unknown > 0 && t('cv.who.unknown', { n: p.unknown }),
    p.away && t('cv.who.away', { from: dateWords(p.away.from), to: dateWords(p.away.to) }),
  ].filter(Boolean);
  return (
    <li>
      <span className="cv-person">
        <Avatar person={p.person} size={32} decorative />
        <span>
          <b>{p.person.name}</b>
          {!all && <Teams names={own.map((s) => s.team)} />}
        </span>
        <DiscIcon d={p.person.discipline} size={14} />
      </span>
      <span className="cv-share cv-big" aria-hidden="true">
        <i style={{ width: `${Math.min(100, share)}%` }} data-over={share > mark || undefined} />
        <u style={{ left: `${mark}%` }} />
      </span>
      <p data-over={p.over || undefined}>
        <b className="num">{t('cv.share', { n: share })}</b> {notes.join(', ')}
      </p>
      {all && (
        <>
          <ul className="cv-seats">
            {own.map((s) => (
              <li key={s.teamId}>
                <PatternMark pattern={s.pattern} />
                <span title={s.team}>{s.team}</span>
                <span className="num quiet">
                  {s.share === undefined ? t('cv.unknown') : t('cv.share', { n: Math.round(100 * s.share) })}
                </span>
              </li>
            ))}
          </ul>
          {deputy.length > 0 && (
            <p className="quiet">{t('cv.who.deputy', { teams: deputy.map((s) => s.team).join(', ') })}</p>
          )}
          <button
            type="button"
            className="btn ghost sm cv-leave"
            aria-haspopup="dialog"
            aria-label={t('lv.title', { name: p.person.name })}
            onClick={onLeave}
          >
            <CalendarX2 size={14} aria-hidden />
            {t('cv.who.leave')}
          </button>
        </>
      )}
    </li>
  );
}
