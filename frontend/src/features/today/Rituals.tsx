import { MessagesSquare, MonitorPlay, PhoneCall, Presentation, Video } from 'lucide-react';
import { absolute, browserZone, clock, dateOf, moment } from '../../lib/time';
import { Go } from './Go';
import { t } from './messages';
import type { Row } from './types';

/** From how many milliseconds before it begins a ritual stands out. */
const SOON = 10 * 60_000;

/** What starts next and what runs, with the way in; and who can be called for my teams. */
export function Rituals({
  rows,
  now,
  onPresent,
}: {
  rows: readonly Row[];
  now: number;
  /** Starts a standup, and fills this very display with it. */
  onPresent: (series: string) => void;
}) {
  if (rows.length === 0) return null;
  return (
    <ul className="td-rituals" aria-label={t('today.rituals')}>
      {rows.map((r) => (
        <Ritual key={`${r.kind}:${r.id}`} row={r} now={now} onPresent={onPresent} />
      ))}
    </ul>
  );
}

function Ritual({ row, now, onPresent }: { row: Row; now: number; onPresent: (series: string) => void }) {
  if (row.kind === 'source.failed')
    return (
      <li className="panel td-ritual">
        <span className="td-main">{t('today.failed', { name: row.title })}</span>
      </li>
    );
  const at = row.at ? Date.parse(row.at) : undefined;
  const runs = row.kind.endsWith('.running');
  const onCall = row.kind.startsWith('on_call.');
  const Icon = onCall ? PhoneCall : row.kind.startsWith('retro') ? MessagesSquare : Presentation;
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
              {onCall ? t('today.onCall', { who: row.title }) : row.title}
            </Go>
          ) : (
            row.title
          )}
        </span>
        <small>
          {!onCall && <b>{runs ? t('today.runs') : when(at ?? now, now)} · </b>}
          {onCall
            ? [
                t(`today.${row.kind as 'on_call.primary'}`),
                row.text,
                row.teamName,
                row.until && t('today.until', { time: moment(row.until) }),
              ]
                .filter(Boolean)
                .join(' · ')
            : where}
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
        {runs && row.link && (
          <Go to={row.link} className="btn soft sm">
            {t('today.join')}
          </Go>
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
