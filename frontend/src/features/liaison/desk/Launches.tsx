import { Link } from '@tanstack/react-router';
import { dateWords, dayOfDate, shortDay } from '../../../lib/time';
import { TopicSquares } from '../../../ui/TopicSquares';
import { t } from './messages';
import { Panel } from './parts';
import type { Desk, DeskLaunch } from './types';
import { dayWords } from './words';

const FIRST = 4;
/** How many days the line has. */
const DAYS = 30;

/** What goes live next, and what still keeps it from that. */
export function Launches({ desk }: { desk: Desk }) {
  const { items, total, freezes } = desk.launches;
  return (
    <Panel
      id="desk-launches"
      title={t('desk.launches')}
      total={total}
      items={items}
      first={FIRST}
      note={freezeWords(freezes[0])}
      none={!desk.failed.includes('launches') && <p className="dk-none quiet">{t('desk.launches.none')}</p>}
      row={(x: DeskLaunch) => <Row key={x.checklist.id} x={x} today={desk.today} />}
    >
      {(items.length > 0 || freezes.length > 0) && <Line desk={desk} />}
    </Panel>
  );
}

const away = (day: string, today: string): number => dayOfDate(day) - dayOfDate(today);

/** "freeze 27 to 30 Nov"; the team's name before it where it is one team's. */
function freezeWords(f: Desk['launches']['freezes'][number] | undefined): string | undefined {
  return (
    f &&
    t(f.team ? 'desk.freezeOf' : 'desk.freeze', {
      team: f.team ?? '',
      from: shortDay(f.from),
      to: shortDay(f.to),
    })
  );
}

/** The coming days as a line, a mark on each day of a launch, freezes hatched. The rows below say the same in words. */
function Line({ desk }: { desk: Desk }) {
  const { today } = desk;
  const items = desk.launches.items.map((x) => x.checklist);
  const days = [...new Set(items.map((x) => x.launchOn ?? ''))].filter((d) => d && d >= today).sort();
  const at = (day: string, more = 0) =>
    `${(100 * Math.min(DAYS, Math.max(0, away(day, today) + more))) / DAYS}%`;
  // Words that would stand on each other are left out; the day is in its row.
  const worded: string[] = [today];
  for (const day of days) if (away(day, worded.at(-1)!) >= 4) worded.push(day);
  return (
    <div className="dk-line" aria-hidden="true">
      {worded.map((day) => (
        <span
          key={day}
          className="dk-when"
          style={{ left: at(day) }}
          data-end={away(day, today) > DAYS - 3 || undefined}
        >
          {shortDay(day)}
        </span>
      ))}
      <i className="dk-axis" />
      {desk.launches.freezes.map((f) => (
        <i
          key={`${f.title} ${f.from}`}
          className="dk-freeze"
          style={{ left: at(f.from, -0.5), right: `calc(100% - ${at(f.to, 0.5)})` }}
          title={f.title}
        />
      ))}
      {days.map((day) => {
        const blocking = items.some((x) => x.launchOn === day && x.blocking > 0);
        return (
          <i
            key={day}
            className="dk-dot"
            style={{ left: at(day) }}
            data-bad={(blocking && away(day, today) <= 14) || undefined}
          />
        );
      })}
    </div>
  );
}

function Row({ x, today }: { x: DeskLaunch; today: string }) {
  const { checklist: c, stage } = x;
  const day = c.launchOn ?? today;
  const n = away(day, today);
  const frozen = x.freezes[0];
  const beside = x.sameDay[0];
  const under =
    x.state === 'stopped'
      ? t('desk.stopped')
      : x.state === 'running' && stage
        ? t('desk.stage', { name: stage.name, n: stage.number, of: x.stages })
        : frozen
          ? t('desk.inFreeze', { title: frozen.title })
          : beside && t('desk.sameDay', { name: beside.name });
  return (
    <li className="dk-row dk-launch">
      <span className="dk-title" title={c.name}>
        <Link to="/launches/$checklist" params={{ checklist: c.id } as never} className="dk-link">
          {c.name}
        </Link>
      </span>
      <span className="dk-day">{dateWords(day)}</span>
      <span className="dk-n" data-t={c.blocking === 0 ? 'ok' : n <= 14 ? 'bad' : undefined}>
        {c.blocking > 0 ? t('desk.blocking', { n: c.blocking }) : t('desk.clear')}
      </span>
      <small className="dk-under" title={[c.team.name, under].filter(Boolean).join(' · ')}>
        <span>{c.team.name}</span>
        {under && (
          <>
            <i>·</i>
            <b data-t={x.state === 'stopped' ? 'bad' : frozen || beside ? 'warn' : undefined}>{under}</b>
          </>
        )}
      </small>
      <small className="dk-in">{x.state === 'running' ? t('desk.underWay') : dayWords(n)}</small>
      <TopicSquares topics={c.topics} />
    </li>
  );
}
