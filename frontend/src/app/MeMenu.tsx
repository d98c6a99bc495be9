import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import {
  CalendarDays,
  Check,
  HandHelping,
  Keyboard,
  LogOut,
  MessagesSquare,
  Repeat,
  Settings,
  UserRound,
  UsersRound,
} from 'lucide-react';
import { useState } from 'react';
import { toastError } from '../lib/notify';
import { useScheme } from '../lib/scheme';
import { signOut, useMe } from '../lib/session';
import { Avatar } from '../ui/Avatar';
import '../ui/menu.css';
import { t } from './messages';

const SCHEMES = ['auto', 'light', 'dark'] as const;

/** As in the rail's styles. */
const NARROW = () => matchMedia('(width < 560px)');
/** What a phone's bar has no room for. */
const REST = [
  { to: '/retro', word: 'app.retro', Icon: MessagesSquare },
  { to: '/rituals', word: 'app.rituals', Icon: Repeat },
  { to: '/calendar', word: 'app.calendar', Icon: CalendarDays },
  { to: '/ask', word: 'app.ask', Icon: HandHelping },
  { to: '/teams', word: 'app.teams', Icon: UsersRound },
  { to: '/settings', word: 'app.settings', Icon: Settings },
] as const;

/** Who I am here, the colours, and the way out. `opened`: it was asked for before it was here; `here`: one is in a room of it. */
export function MeMenu({ opened, here }: { opened: boolean; here?: boolean }) {
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
          REST.map(({ to, word, Icon }) => (
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
