import {
  AtSign,
  CalendarClock,
  CircleCheck,
  CircleDashed,
  ClipboardCheck,
  CloudOff,
  HandHelping,
  HeartPulse,
  Hourglass,
  Link2,
  MessageCircleQuestion,
  MessageSquare,
  MoveRight,
  OctagonX,
  Scale,
  Zap,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { blockedDays } from '../../lib/age';
import { readOf } from '../../lib/answers';
import { absolute, clock } from '../../lib/time';
import { Avatar } from '../../ui/Avatar';
import { Go } from '../../ui/Go';
import { t } from './messages';
import type { Row } from './types';
import { dueWords, waited, wordsOf } from './words';

const ICONS: Record<string, ReactNode> = {
  'ask.raised': <HandHelping size={17} aria-hidden />,
  'ask.times_proposed': <HandHelping size={17} aria-hidden />,
  'card.mentioned': <AtSign size={17} aria-hidden />,
  'blocker.raised': <OctagonX size={17} aria-hidden />,
  'checklist.gap_over': <ClipboardCheck size={17} aria-hidden />,
  'checklist.stale': <ClipboardCheck size={17} aria-hidden />,
  'health.open': <HeartPulse size={17} aria-hidden />,
  'card.due': <CalendarClock size={17} aria-hidden />,
  'card.waits': <Link2 size={17} aria-hidden />,
  'blocker.outside': <Hourglass size={17} aria-hidden />,
  'ask.unanswered': <HandHelping size={17} aria-hidden />,
  'ask.accepted': <HandHelping size={17} aria-hidden />,
  'ask.started': <HandHelping size={17} aria-hidden />,
  'card.finished': <CircleCheck size={17} aria-hidden />,
  'card.moved': <MoveRight size={17} aria-hidden />,
  'card.commented': <MessageSquare size={17} aria-hidden />,
  'card.expedite': <Zap size={17} aria-hidden />,
  'card.blocked': <OctagonX size={17} aria-hidden />,
  'card.over_sle': <Hourglass size={17} aria-hidden />,
  'column.over': <Scale size={17} aria-hidden />,
  'column.full': <Scale size={17} aria-hidden />,
  'column.starved': <CircleDashed size={17} aria-hidden />,
};
const BAD = new Set(['card.expedite', 'card.blocked', 'column.over']);
const WARN = new Set(['card.over_sle', 'column.full', 'column.starved']);

/** One line: what it is, more about it, how long it has been so, and the way to it. */
export function RowLine({ row, now, end }: { row: Row; now: number; end?: ReactNode }) {
  if (row.kind === 'source.failed') return <FailedLine row={row} now={now} />;
  const { title, text } = wordsOf(row, now);
  return (
    <li
      className="td-row"
      data-kind={row.kind}
      data-t={BAD.has(row.kind) ? 'bad' : WARN.has(row.kind) ? 'warn' : undefined}
    >
      <span className="td-icon">
        {row.hue !== undefined && row.who ? (
          <Avatar person={{ name: row.who, hue: row.hue }} decorative />
        ) : (
          (ICONS[row.kind] ?? <MessageCircleQuestion size={17} aria-hidden />)
        )}
      </span>
      <span className="td-main">
        <span className="td-title">
          {row.key && <code>{row.key}</code>}
          {row.link ? (
            <Go to={row.link} className="td-link" onGo={() => readOf(row)}>
              {title}
            </Go>
          ) : (
            title
          )}
        </span>
        {text && <small>{text}</small>}
      </span>
      <Measure row={row} now={now} />
      {end}
    </li>
  );
}

function Measure({ row, now }: { row: Row; now: number }) {
  if (row.dueIn !== undefined) {
    const due = dueWords(row.dueIn);
    return (
      <span className="td-measure" data-t={due.tone}>
        {due.text}
      </span>
    );
  }
  if (row.count !== undefined && row.limit !== undefined)
    return (
      <span className="td-measure" aria-hidden="true">
        {t('today.of', { n: row.count, max: row.limit })}
      </span>
    );
  if (row.kind === 'card.over_sle' && row.age?.sleDays) {
    const n = row.age.days - row.age.sleDays;
    return (
      <span className="td-measure">
        <span aria-hidden="true">{t('today.over.days', { n })}</span>
        <span className="sr">{t('today.over.words', { n, days: row.age.sleDays })}</span>
      </span>
    );
  }
  if (!row.at) return null;
  return (
    <time className="td-measure" dateTime={row.at} title={absolute(row.at)}>
      {row.timeZone ? t('today.days', { n: blockedDays(row.at, now, row.timeZone) }) : waited(row.at, now)}
    </time>
  );
}

function FailedLine({ row, now }: { row: Row; now: number }) {
  return (
    <li className="td-row" data-t="warn">
      <span className="td-icon">
        <CloudOff size={17} aria-hidden />
      </span>
      <span className="td-main">
        <span className="td-title">{t('today.failed', { name: row.title })}</span>
        <small>{t('today.failed.at', { time: clock(now) })}</small>
      </span>
    </li>
  );
}
