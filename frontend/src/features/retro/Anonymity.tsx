import { Eye, EyeOff } from 'lucide-react';
import { t } from './messages';
import type { Head } from './types';

/** Said all the time, because it decides what one writes. */
export function Anonymity({ head }: { head: Head }) {
  const anonymous = head.anonymity === 'anonymous';
  return (
    <span className="pill rt-anon" title={t(anonymous ? 'rt.anonymousWhy' : 'rt.namedWhy')}>
      {anonymous ? <EyeOff size={13} aria-hidden /> : <Eye size={13} aria-hidden />}
      <span>
        {t(anonymous ? 'rt.anonymous' : 'rt.named')}
        {anonymous && <span>{t('rt.forGood')}</span>}
      </span>
    </span>
  );
}
