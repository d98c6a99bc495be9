import { dateWords } from '../../lib/time';
import { waitsWords } from '../../ui/waits';
import { t } from './messages';
import type { Row } from './types';

/** The topics of the checklists that rows are about. */
export const checklistsOf = (rows: readonly Row[]): string[] => [
  ...new Set(
    rows.filter((r) => r.kind.startsWith('checklist.')).map((r) => `checklist:${r.id.split('.')[0]}`),
  ),
];

/** "3 h", "2 d": how long something has waited, at a glance. */
export function waited(at: string, now: number): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(at)) / 60_000));
  if (minutes < 1) return t('today.now');
  if (minutes < 60) return t('today.minutes', { n: minutes });
  if (minutes < 24 * 60) return t('today.hours', { n: Math.floor(minutes / 60) });
  return t('today.days', { n: Math.floor(minutes / (24 * 60)) });
}

/** "due tomorrow", with how pressing it is. */
export function dueWords(days: number): { text: string; tone?: 'warn' | 'bad' } {
  if (days < 0) return { text: t('today.due.late', { n: -days }), tone: 'bad' };
  if (days === 0) return { text: t('today.due.today'), tone: 'bad' };
  if (days === 1) return { text: t('today.due.tomorrow'), tone: 'warn' };
  return { text: t('today.due.days', { n: days }) };
}

/** "Goro moved it to Review · 2 comments". */
function happened(r: Row): string {
  const n = r.count ?? 0;
  const said = n ? t('today.comments', { n }) : '';
  if (r.kind === 'card.commented') return t('today.kind.card.commented', { who: r.who ?? '', n });
  const key = r.kind === 'card.finished' ? 'today.kind.card.finished' : 'today.kind.card.moved';
  const did = r.who
    ? t(key, { who: r.who, column: r.column ?? '' })
    : t('today.kind.card.finished.only', { column: r.column ?? '' });
  return [did, said].filter(Boolean).join(' · ');
}

/** First and second line of a row. Kinds that this page does not know speak for themselves. */
export function wordsOf(r: Row, now: number): { title: string; text: string } {
  const waits = waitsWords(r);
  if (waits) return waits;
  const column = r.column ?? '';
  const n = r.count ?? 0;
  const max = r.limit ?? 0;
  switch (r.kind) {
    case 'card.due':
      return {
        title: r.title,
        text: t('today.kind.card.due', { date: dateWords(r.dueOn ?? '', now), board: r.boardName ?? '' }),
      };
    case 'blocker.asked':
    case 'blocker.outside':
      return {
        title: r.title,
        text: t(`today.kind.${r.kind}`, { who: r.who ?? '', reason: r.text ?? '' }),
      };
    case 'blocker.promised':
      return {
        title: r.title,
        text: t('today.kind.blocker.promised', {
          who: r.who ?? '',
          date: dateWords(r.dueOn ?? '', now),
          reason: r.text ?? '',
        }),
      };
    case 'card.waits':
      return {
        title: r.title,
        text: r.other
          ? t('today.kind.card.waits', {
              key: r.other.key,
              title: r.other.title,
              column: r.other.column ?? '',
            })
          : t('today.kind.card.waits.unseen'),
      };
    case 'checklist.asked_back':
      return {
        title: r.title,
        text: t('today.kind.checklist.asked_back', {
          who: r.who ?? t('today.somebody'),
          item: r.item ?? '',
          text: r.text ?? '',
        }),
      };
    case 'ask.unanswered':
    case 'ask.accepted':
    case 'ask.started':
      return { title: r.title, text: t(`today.kind.${r.kind}`, { team: r.teamName ?? '' }) };
    case 'card.finished':
    case 'card.moved':
    case 'card.commented':
      return { title: r.title, text: happened(r) };
    case 'health.open':
      return {
        title: t('today.kind.health.open', { team: r.title }),
        text: t('today.kind.health.open.text', { who: r.who ?? '' }),
      };
    case 'card.expedite':
      return {
        title: r.title,
        text: r.blocked
          ? t('today.kind.card.expedite.blocked', { reason: r.text ?? '' })
          : t('today.kind.card.expedite'),
      };
    case 'card.blocked':
      return { title: r.title, text: t('today.kind.card.blocked', { reason: r.text ?? '' }) };
    case 'card.over_sle':
      return { title: r.title, text: t('today.kind.card.over_sle', { column, n: r.age?.days ?? 0 }) };
    case 'column.over':
    case 'column.full':
    case 'column.starved':
      return {
        title: t(`today.kind.${r.kind}`, { column }),
        text: t(`today.kind.${r.kind}.text`, { n, max }),
      };
    default:
      return { title: r.title, text: [r.text, r.boardName].filter(Boolean).join(' · ') };
  }
}
