import { t as app } from '../messages';
import { t } from './messages';

/** Pages that no key leads to; those with a key are among the commands. */
export const pages = (): { to: string; label: string }[] => [
  { to: '/inbox', label: app('app.inbox') },
  { to: '/settings', label: `${app('app.settings')}: ${t('palette.profile')}` },
  { to: '/settings/appearance', label: `${app('app.settings')}: ${t('palette.appearance')}` },
  { to: '/settings/keyboard', label: `${app('app.settings')}: ${t('palette.keyboard')}` },
  { to: '/settings/sessions', label: `${app('app.settings')}: ${t('palette.sessions')}` },
  { to: '/settings/tokens', label: `${app('app.settings')}: ${t('palette.tokens')}` },
  { to: '/settings/people', label: `${app('app.settings')}: ${t('palette.people.page')}` },
  { to: '/launches', label: t('palette.launches') },
  { to: '/services', label: t('palette.services') },
  { to: '/import', label: t('palette.import') },
];
