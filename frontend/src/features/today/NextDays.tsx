import { Link } from '@tanstack/react-router';
import { CalendarClock } from 'lucide-react';
import { absolute, clock, longDay, moment } from '../../lib/time';
import { Go } from '../../ui/Go';
import { t } from './messages';
import { comingDays, type Day } from './next';
import type { Row } from './types';

/** The rituals of my teams on the coming days, and my cards that are due there. */
export function NextDays({
  rows,
  due,
  now,
}: {
  rows: readonly Row[];
  /** Cards of mine with a date. */
  due: readonly Row[];
  now: number;
}) {
  const failed = rows.find((r) => r.kind === 'source.failed');
  const days = comingDays(rows, due, now);
  const rituals = days.reduce((n, d) => n + d.rows.filter((r) => r.at).length, 0);
  const shown = new Set(days.flatMap((d) => d.rows));
  // Behind the days that are shown: said in words, so that a quiet week is not a dead end.
  const later = rows.find((r) => r.at && Date.parse(r.at) > now && !shown.has(r));
  return (
    <section className="panel td-panel td-next" aria-labelledby="today-next">
      <header className="td-head">
        <h2 id="today-next">{t('today.next')}</h2>
        <Link to="/calendar" className="link td-open">
          {t('today.next.calendar')}
        </Link>
      </header>
      {failed && <p className="td-none">{t('today.failed', { name: failed.title })}</p>}
      {!failed && rituals === 0 && (
        <p className="td-none">
          {later ? (
            <>
              {t('today.next.quiet')}{' '}
              <Go to={later.link ?? '/calendar'} className="link">
                {t('today.next.then', { title: later.title, when: moment(later.at ?? now) })}
              </Go>
            </>
          ) : (
            t(rows.length > 0 ? 'today.next.today' : 'today.next.none')
          )}
        </p>
      )}
      {days.some((d) => d.rows.length > 0) && (
        <ol className="td-days">
          {days.map((d) => (
            <DayLine key={d.day} day={d} />
          ))}
        </ol>
      )}
    </section>
  );
}

function DayLine({ day }: { day: Day }) {
  const at = day.day * 86_400_000;
  return (
    <li data-none={day.rows.length === 0 || undefined}>
      <h3>
        <span className="sr">{longDay(at, 'UTC')}</span>
        <span aria-hidden="true">
          {day.name} <b>{new Date(at).getUTCDate()}</b>
        </span>
      </h3>
      <ul>
        {day.rows.map((r) => (
          <li key={`${r.kind}:${r.id}:${r.at}`}>
            <Item row={r} />
          </li>
        ))}
        {day.rows.length === 0 && <li className="sr">{t('today.next.nothing')}</li>}
      </ul>
    </li>
  );
}

/** "Standup" of one that is called "Delivery standup"; a name that does not say what it is stays. */
function nameOf(r: Row): string {
  const kind = t(r.kind === 'ritual.planned' ? `today.next.${r.text as 'demo'}` : 'today.next.standup');
  return r.title.toLocaleLowerCase().includes(kind.toLocaleLowerCase()) ? kind : r.title;
}

function Item({ row: r }: { row: Row }) {
  if (r.kind === 'card.due')
    return (
      <Go to={r.link ?? `/c/${r.key}`} className="td-item" title={r.title}>
        <CalendarClock size={14} aria-hidden />
        <span>
          <code>{r.key}</code> {t('today.next.due')}
        </span>
      </Go>
    );
  const where = [r.teamName, r.boardName].filter(Boolean).join(', ');
  return (
    <Go
      to={r.link ?? '/calendar'}
      className="td-item"
      title={`${r.title} · ${absolute(r.at ?? '')} · ${where}`}
    >
      {r.kind === 'standup.written' ? null : <time dateTime={r.at}>{clock(r.at ?? '')}</time>}
      <span>
        {r.kind === 'standup.written' ? t('today.next.written', { title: nameOf(r) }) : nameOf(r)}
        <small>{r.teamName}</small>
      </span>
    </Go>
  );
}
