import {
  CalendarClock,
  CalendarSync,
  MessagesSquare,
  MonitorPlay,
  PhoneCall,
  Presentation,
  Video,
} from 'lucide-react';
import { absolute, browserZone, clock, dateOf, moment } from '../../lib/time';
import { Go } from '../../ui/Go';
import { t } from './messages';
import type { Row } from './types';

/** From how many milliseconds before it begins a ritual stands out. */
const SOON = 10 * 60_000;

/** What starts next and what runs, with the way in; and who can be called for my teams. */
export function Rituals({
  rows,
  next,
  now,
  onPresent,
  onJoin,
}: {
  rows: readonly Row[];
  /** What comes in the next days, the first one first. */
  next: readonly Row[];
  now: number;
  /** Starts a standup, and fills this very display with it. */
  onPresent: (series: string) => void;
  /** Goes along with a standup on its board, as Join does on every page. */
  onJoin: (series: string, board: string) => void;
}) {
  const duty = (r: Row) => r.kind.startsWith('on_call.');
  // Nothing within a day: then it says when the next one is.
  const then = rows.every(duty) ? next.find((r) => r.at && Date.parse(r.at) > now) : undefined;
  if (rows.length === 0 && !then) return null;
  const teams = [...new Set(rows.filter(duty).map((r) => r.link))];
  return (
    <ul className="td-rituals" aria-label={t('today.rituals')}>
      {rows
        .filter((r) => !duty(r))
        .map((r) => (
          <Ritual key={`${r.kind}:${r.id}`} row={r} now={now} onPresent={onPresent} onJoin={onJoin} />
        ))}
      {then && <Then row={then} />}
      {teams.map((link) => (
        <OnCall key={link} duties={rows.filter((r) => duty(r) && r.link === link)} />
      ))}
    </ul>
  );
}

/** The next ritual, on a day without one. */
function Then({ row }: { row: Row }) {
  const where = [row.boardName === row.title ? '' : row.boardName, row.teamName].filter(Boolean).join(' · ');
  return (
    <li className="panel td-ritual">
      <span className="td-icon">
        <CalendarClock size={19} aria-hidden />
      </span>
      <span className="td-main">
        <span className="td-title">
          <Go to={row.link ?? '/calendar'} className="td-link">
            {t('today.then', { title: row.title })}
          </Go>
        </span>
        <small>
          <b>{moment(row.at ?? '')}</b> · {where}
        </small>
      </span>
    </li>
  );
}

/** Who can be called for one team, in the order in which they are. */
function OnCall({ duties }: { duties: readonly Row[] }) {
  const [first] = duties;
  const untils = [...new Set(duties.map((d) => d.until ?? ''))].filter(Boolean).sort();
  return (
    <li className="panel td-ritual">
      <span className="td-icon">
        <PhoneCall size={19} aria-hidden />
      </span>
      <span className="td-main">
        <span className="td-title">
          <Go to={first?.link ?? '/teams'} className="td-link">
            {t('today.onCall', { team: first?.teamName ?? '' })}
          </Go>
        </span>
        <small>
          {[
            ...duties.map((d) => {
              const said = t(`today.${d.kind as 'on_call.primary'}`, { who: d.title });
              return d.text ? `${d.text}: ${said}` : said;
            }),
            untils[0] && t(untils.length > 1 ? 'today.changes' : 'today.until', { time: moment(untils[0]) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
    </li>
  );
}

function Ritual({
  row,
  now,
  onPresent,
  onJoin,
}: {
  row: Row;
  now: number;
  onPresent: (series: string) => void;
  onJoin: (series: string, board: string) => void;
}) {
  if (row.kind === 'source.failed')
    return (
      <li className="panel td-ritual">
        <span className="td-main">{t('today.failed', { name: row.title })}</span>
      </li>
    );
  const at = row.at ? Date.parse(row.at) : undefined;
  const runs = row.kind.endsWith('.running');
  const open = row.kind === 'retro.open' || row.kind === 'standup.asked';
  const Icon = row.kind.startsWith('retro')
    ? MessagesSquare
    : row.kind.startsWith('ritual')
      ? CalendarSync
      : Presentation;
  const where = [row.boardName === row.title ? '' : row.boardName, row.teamName].filter(Boolean).join(' · ');
  return (
    <li className="panel td-ritual" data-near={runs || (at !== undefined && at - now < SOON) || undefined}>
      {at !== undefined && !runs ? (
        <time className="td-clock" dateTime={row.at} title={absolute(at)}>
          {clock(at)}
        </time>
      ) : (
        <span className="td-icon">
          <Icon size={19} aria-hidden />
        </span>
      )}
      <span className="td-main">
        <span className="td-title">
          {row.link ? (
            <Go to={row.link} className="td-link">
              {row.title}
            </Go>
          ) : (
            row.title
          )}
        </span>
        <small>
          <b>
            {open
              ? t('today.write', { time: moment(row.until ?? now) })
              : runs
                ? t('today.runs')
                : when(at ?? now, now)}{' '}
            ·{' '}
          </b>
          {where}
        </small>
      </span>
      <span className="td-ritual-acts">
        {row.join && (
          <a className="btn line sm" href={row.join} target="_blank" rel="noreferrer">
            <Video size={15} aria-hidden />
            {t('today.call')}
          </a>
        )}
        {row.present && (
          <button type="button" className="btn line sm" onClick={() => onPresent(row.id)}>
            <MonitorPlay size={15} aria-hidden />
            {t('today.present')}
          </button>
        )}
        {row.kind === 'standup.running' && row.boardId ? (
          <button type="button" className="btn soft sm" onClick={() => onJoin(row.id, row.boardId ?? '')}>
            {t('today.join')}
          </button>
        ) : (
          (runs || open) &&
          row.link && (
            <Go to={row.link} className="btn soft sm">
              {t(open ? 'today.writeNow' : 'today.join')}
            </Go>
          )
        )}
      </span>
    </li>
  );
}

/** "in 8 min", "later today", "tomorrow": nothing further away is here. */
function when(at: number, now: number): string {
  const minutes = Math.round((at - now) / 60_000);
  if (minutes < 0) return t('today.began', { n: -minutes });
  if (minutes < 60) return t('today.inMinutes', { n: minutes });
  const day = (x: number) => dateOf(x, browserZone());
  return day(at) === day(now) ? t('today.later') : t('today.tomorrow');
}
