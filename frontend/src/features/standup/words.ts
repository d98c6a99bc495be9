import type { Discipline } from '../../api/types';
import { disciplineName } from '../../ui/messages';
import { t } from './messages';

/** "Dev", "Ops", "Security": short where there is a short word. */
export const discShort = (d: Discipline): string =>
  d === 'development' ? t('su.dev') : d === 'operations' ? t('su.ops') : disciplineName(d);
