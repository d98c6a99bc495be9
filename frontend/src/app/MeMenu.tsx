import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Check, Keyboard, LogOut, UserRound } from 'lucide-react';
import { useState } from 'react';
import { toastError } from '../lib/notify';
import { useScheme } from '../lib/scheme';
import { signOut, useMe } from '../lib/session';
import { Avatar } from '../ui/Avatar';
import '../ui/menu.css';
import { t } from './messages';
import { ROOMS, type Room } from './rooms';

const SCHEMES = ['auto', 'light', 'dark'] as const;

/** As in the rail's styles. */
const NARROW = () => matchMedia('(width < 560px)');
/** Who I am here, the colours, and the way out. `opened`: it was asked for before it was here; `here`: one is in a room of it. */
export function MeMenu({
  opened,
  here,
  bar,
}: {
  opened: boolean;
  here?: boolean;
  /** The rooms in a phone's bar; the others stand here. */
  bar: readonly Room[];
}) {
  const { person } = useMe();
  const navigate = useNavigate();
  const [scheme, setScheme] = useScheme();
  const [narrow, setNarrow] = useState(() => NARROW().matches);
  return (
    <Menu
      defaultOpened={opened}
      onOpen={() => setNarrow(NARROW().matches)}
      position={narrow ? 'top-end' : 'right-end'}
      width={216}
      transitionProps={{ duration: 90 }}
    >
      <Menu.Target>
        <button
          type="button"
          className="rail-me"
          data-here={here}
          aria-label={t('app.you', { name: person.name })}
        >
          <Avatar person={person} size={28} decorative />
          <span className="rail-more">{t('app.more')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {narrow &&
          ROOMS.filter((r) => !bar.includes(r.to)).map(({ to, word, Icon }) => (
            <Menu.Item key={to} leftSection={<Icon size={15} aria-hidden />} onClick={() => navigate({ to })}>
              {t(word)}
            </Menu.Item>
          ))}
        {narrow && <Menu.Divider />}
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
