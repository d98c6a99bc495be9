import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { PageTitle } from '../../lib/page';
import { useMe } from '../../lib/session';
import { t } from './messages';
import './settings.css';

/** All settings beside each other, one page each; on a phone the list scrolls sideways above the page. */
export function SettingsFrame() {
  const me = useMe();
  const nav = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (s) => s.location.pathname });
  useEffect(() => {
    // On a phone the list is wider than the screen: the page that is open must be seen in it.
    const list = nav.current;
    const here = list?.querySelector<HTMLElement>(`a[href="${path}"]`);
    if (list && here) list.scrollLeft = here.offsetLeft - (list.clientWidth - here.offsetWidth) / 2;
  }, [path]);
  const admin = me.person.role === 'admin';
  const invites = admin || me.teams.some((team) => team.right === 'lead');
  const you = [
    ['/settings', 'settings.profile'],
    ['/settings/notices', 'settings.notices'],
    ['/settings/appearance', 'settings.appearance'],
    ['/settings/keyboard', 'settings.keyboard'],
    ['/settings/sessions', 'settings.sessions'],
    ['/settings/tokens', 'settings.tokens'],
  ] as const;
  const workspace = [
    ...(admin ? ([['/settings/people', 'settings.people']] as const) : []),
    ...(invites ? ([['/settings/invitations', 'settings.invitations']] as const) : []),
    ...(admin ? ([['/settings/deliveries', 'settings.deliveries']] as const) : []),
    ['/settings/connection', 'settings.connection'] as const,
  ];
  return (
    <div className="page">
      <PageTitle title={t('settings.title')} crumb={me.workspace.name} />
      <div className="page-in settings">
        <nav ref={nav} aria-label={t('settings.nav')}>
          {(
            [
              ['settings.you', you],
              ['settings.workspace', workspace],
            ] as const
          ).map(([name, list]) => (
            <div key={name}>
              <span>{t(name)}</span>
              <ul>
                {list.map(([to, word]) => (
                  <li key={to}>
                    <Link to={to} activeOptions={{ exact: true, includeSearch: false }}>
                      {t(word)}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
        <div className="settings-in">
          <Outlet />
        </div>
      </div>
    </div>
  );
}

/** A named part of a settings page. */
export function Part({ title, text, children }: { title: string; text?: string; children: React.ReactNode }) {
  return (
    <section className="part">
      <h2>{title}</h2>
      {text && <p className="part-text">{text}</p>}
      {children}
    </section>
  );
}
