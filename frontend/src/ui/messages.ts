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
  'ui.empty': 'Write something first.',
  'ui.checks.legend': 'Is this so?',
  'ui.checks.waive': 'Let it in without …',
  'ui.checks.tickAll': 'Never mind, I can tick them',
  'ui.checks.why': 'Why may it come in without?',
  'ui.checks.needed': 'Say why; it is kept with the move.',
  'ui.checks.untick': 'Tick what is so. What is missing keeps the card out.',
  'ui.checks.others': 'A lead, a liaison or an administrator can let it in without, and says why.',
});

/** "Security involved". */
export const involvedName = (d: Discipline): string => tu('ui.involved', { discipline: disciplineName(d) });

export const disciplineName = (d: Discipline): string => tu(`ui.${d}`);
