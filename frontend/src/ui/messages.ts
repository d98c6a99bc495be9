import type { Discipline } from '../api/types';
import { defineMessages } from '../lib/i18n';

/** Words of the shared parts; every room says them the same way. */
export const tu = defineMessages({
  'ui.development': 'Development',
  'ui.operations': 'Operations',
  'ui.security': 'Security',
  'ui.product': 'Product',
  'ui.quality': 'Quality',
  'ui.other': 'Other',
  'ui.involved': '{discipline} involved',
  'ui.unassigned': 'Unassigned',
  'ui.andMore': '{name} and {n} more',
  'ui.close': 'Close',
  'ui.cancel': 'Cancel',
  'ui.copy': 'Copy',
  'ui.copied': 'Copied',
  'ui.request': 'Request {id}',
  'ui.copyRequest': 'Request {id}: copy',
  'ui.topicBlocks': 'blocking {n}',
  'ui.topicNotAsked': 'not asked',
  'ui.topicClear': 'clear',
  'ui.empty': 'Write something first.',
  'ui.checks.legend': 'Is this so?',
  'ui.checks.waive': 'Let it in without …',
  'ui.checks.tickAll': 'Never mind, I can tick them',
  'ui.checks.notWithout': 'Never mind, it waits',
  'ui.checks.why': 'Why may it come in without?',
  'ui.checks.needed': 'Say why; it is kept with the move.',
  'ui.checks.kept': 'It is kept with the move, in the history of the card and on its checklist.',
  'ui.checks.keptMany': 'It is kept with every card that the column would keep out, and on their checklists.',
  'ui.checks.untick': 'Tick what is so. What is missing keeps the card out.',
  'ui.checks.others': 'A lead, a liaison or an administrator can let it in without, and says why.',
  'ui.list.of': 'Liaison checklist “{template}” at level {level}, {phase}',
  'ui.list.any': 'Liaison checklist at level {level}, {phase}',
  'ui.list.level.light': 'light',
  'ui.list.level.standard': 'standard',
  'ui.list.level.critical': 'critical',
  'ui.list.phase.design': 'the questions of the design',
  'ui.list.phase.pre_prod': 'all questions up to production',
  'ui.list.phase.post_launch': 'all questions',
  'ui.list.why.to_answer': 'to answer',
  'ui.list.why.to_understand': 'to understand',
  'ui.list.why.pushed_back': 'pushed back',
  'ui.list.why.to_confirm': 'to confirm',
  'ui.list.why.gap_over': 'the gap is over',
  'ui.list.why.stale': 'the evidence ran out',
  'ui.list.open': '{n, plural, one {# open question} other {# open questions}}',
  'ui.list.more': '{n, plural, one {and # more} other {and # more}}',
  'ui.list.earlier':
    'Its own page stands at an earlier phase and counts fewer of them. The phase is changed there, in its settings.',
  'ui.list.higher': 'This column asks for {level}; the checklist is at {own}.',
  'ui.list.higherHow': 'Its own page counts fewer of them. The level is changed there, in its settings.',
  'ui.list.both':
    'Its own page stands at an earlier phase, too, and counts fewer of them. Both are changed there, in its settings.',
  'ui.list.excused': 'Not counted as open: {what}.',
  'ui.excused.na': '{n, plural, one {# does not apply} other {# do not apply}}',
  'ui.excused.gap':
    '{n, plural, one {# gap accepted until {date}} other {# gaps accepted, the first until {date}}}',
  'ui.list.go': 'Open the checklist',
  'ui.list.start': 'Start the checklist',
  'ui.list.later':
    'A card that is made has none yet: make it in an earlier column, and start its checklist there.',
  'ui.list.limit': '{name} is at its limit: it would be {count} of {max}.',
});

/** "Security involved". */
export const involvedName = (d: Discipline): string => tu('ui.involved', { discipline: disciplineName(d) });

export const disciplineName = (d: Discipline): string => tu(`ui.${d}`);
