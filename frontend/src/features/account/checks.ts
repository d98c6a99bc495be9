import { t } from './messages';

// What can be said before the server is asked. The server has the last word.

export const emailCheck = (v: string) =>
  !v.trim()
    ? t('account.need.email')
    : /^\S+@\S+\.?\S*$/.test(v.trim())
      ? undefined
      : t('account.need.emailShape');
export const nameCheck = (v: string) => (v.trim() ? undefined : t('account.need.name'));
export const newPasswordCheck = (v: string) =>
  [...v].length >= 10 ? undefined : t('account.need.passwordLong');

/** Where to go after signing in: only an address of this site. */
export const safeNext = (next: string | undefined): string =>
  next && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/';
