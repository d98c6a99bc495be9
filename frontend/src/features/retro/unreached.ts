import { NetworkError } from '../../lib/api';
import { toast, toastError } from '../../lib/notify';
import { t } from './messages';

/** What to say of something that does not wait for the wire: that it was not done, and what was kept. */
export const saidOf = (error: unknown): string =>
  error instanceof NetworkError ? t('rt.notDone') : error instanceof Error ? error.message : String(error);

export function toastNotDone(error: unknown): void {
  if (error instanceof NetworkError) toast({ text: t('rt.notDone') });
  else toastError(error);
}
