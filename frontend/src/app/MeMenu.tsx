import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Check, Keyboard, LogOut, UserRound } from 'lucide-react';
import { toastError } from '../lib/notify';
import { useScheme } from '../lib/scheme';
import { signOut, useMe } from '../lib/session';
import { Avatar } from '../ui/Avatar';
import '../ui/menu.css';
import { t } from './messages';

const SCHEMES = ['auto', 'light', 'dark'] as const;

/** Who I am here, the colours, and the way out. `opened`: it was asked for before it was here. */
export function MeMenu({ opened }: { opened: boolean }) {
  const { person } = useMe();
  const navigate = useNavigate();
  const [scheme, setScheme] = useScheme();
  return (
    <Menu defaultOpened={opened} position="right-end" width={216} transitionProps={{ duration: 90 }}>
      <Menu.Target>
        <button type="button" className="rail-me" aria-label={t('app.you', { name: person.name })}>
          <Avatar person={person} size={28} decorative />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="menu-who">
          <b>{person.name}</b>
          <span>{person.email}</span>
        </div>
        <Menu.Item
          leftSection={<UserRound size={15} aria-hidden />}
          onClick={() => navigate({ to: '/settings' })}
        >
          {t('app.profile')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Keyboard size={15} aria-hidden />}
          onClick={() => navigate({ to: '/settings/keyboard' })}
        >
          {t('app.keys')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('app.theme')}</Menu.Label>
        <Menu.RadioGroup value={scheme} onChange={(s) => setScheme(s as typeof scheme)}>
          {SCHEMES.map((s) => (
            <Menu.RadioItem key={s} value={s} checkIcon={<Check size={15} aria-hidden />}>
              {t(`app.theme.${s}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<LogOut size={15} aria-hidden />}
          onClick={() => signOut().catch((e) => toastError(e))}
        >
          {t('app.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
