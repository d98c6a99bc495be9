import { defineMessages } from '../lib/i18n';

// What waits for somebody's answer is said in the same words on Today and on the wall.

const t = defineMessages({
  'waits.somebody': 'Somebody',
  'waits.ask.raised': '{who} asks {team}',
  'waits.ask.questioned': '{who} of {team} asks back · {title}',
  'waits.ask.times_proposed': '{who} would like to sit together',
  'waits.blocker.raised': '{who} raised it to you · {title}',
  'waits.card.mentioned': '{who} mentioned you · {title}',
  'waits.checklist.pushed_back': '{who} asks back about {item}: {text}',
  'waits.checklist.to_confirm': '{who} wrote down what you explained, {item}: {text}',
  'waits.checklist.to_understand': '{who} explained {item}: {question}',
  'waits.checklist.gap_over': 'the gap that you accepted is over, {item}: {question}',
  'waits.checklist.stale': 'your evidence ran out, {item}: {question}',
  'waits.checklist.more': 'and {n} more',
});

/** A line that waits: Today's row, or the wall's. */
interface Line {
  kind: string;
  title: string;
  text?: string;
  who?: string;
  teamName?: string;
  item?: string;
  question?: string;
  count?: number;
}

/** First and second line of what waits; undefined for a kind that this page does not know. */
export function waitsWords(r: Line): { title: string; text: string } | undefined {
  const who = r.who ?? '';
  const team = r.teamName ?? '';
  switch (r.kind) {
    case 'ask.raised':
    case 'ask.times_proposed':
      return { title: r.title, text: t(`waits.${r.kind}`, { who, team }) };
    case 'ask.questioned':
      return { title: r.title, text: t('waits.ask.questioned', { who, team, title: r.text ?? '' }) };
    case 'blocker.raised':
    case 'card.mentioned':
      return { title: r.text || r.title, text: t(`waits.${r.kind}`, { who, title: r.title }) };
    case 'checklist.pushed_back':
    case 'checklist.to_confirm':
    case 'checklist.to_understand':
    case 'checklist.gap_over':
    case 'checklist.stale': {
      const n = (r.count ?? 1) - 1;
      const what = t(`waits.${r.kind}`, {
        who: r.who ?? t('waits.somebody'),
        item: r.item ?? '',
        question: r.question ?? '',
        text: r.text || (r.question ?? ''),
      });
      return { title: r.title, text: n > 0 ? `${what} · ${t('waits.checklist.more', { n })}` : what };
    }
    default:
      return undefined;
  }
}
