import { Bell as BellIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { lazyPart } from '../lib/lazy';
import { t } from './messages';

const Bell = lazyPart(() => import('../features/notice/Bell').then((m) => m.Bell));

/** The bell's code follows the first view; until then its button stands there and keeps a press for it. */
export function BellPlace() {
  const [pressed, setPressed] = useState(false);
  const button = (
    <button
      type="button"
      className="btn ghost icon top-bell"
      aria-label={t('app.inbox')}
      onClick={() => setPressed(true)}
    >
      <BellIcon size={17} aria-hidden />
    </button>
  );
  return (
    <Suspense fallback={button}>
      <Bell opened={pressed} />
    </Suspense>
  );
}
