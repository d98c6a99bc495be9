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
});

export const disciplineName = (d: Discipline): string => tu(`ui.${d}`);
