import { t } from './messages';
import type { DrawingFault } from './source';

/** What is wrong, in a sentence; absent: the part that draws did not come. */
export function faultWords(fault: DrawingFault | 'absent'): string {
  if (fault === 'absent') return t('dr.absent');
  const line = fault.line ?? 0;
  switch (fault.message) {
    case 'kind':
      return t('dr.kind');
    case 'empty':
      return t('dr.empty');
    case 'long':
      return t('dr.long');
    case 'outside':
      return t('dr.outside', { line });
    default:
      return line ? t('dr.line', { line }) : t('dr.read');
  }
}
