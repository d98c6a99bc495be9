import { Link } from '@tanstack/react-router';
import { Compass, Search } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { BoardListItem } from '../api/types';
import { api } from '../lib/api';
import { PageTitle } from '../lib/page';
import { useSession } from '../lib/session';
import { EmptyState } from '../ui/EmptyState';
import { t } from './messages';

/** Absent and invisible look the same; the way on is a search of the boards that this person can see. */
export function NotFound() {
  const signedIn = useSession().state === 'in';
  const [boards, setBoards] = useState<BoardListItem[]>([]);
  const [q, setQ] = useState('');
  const id = useId();
  useEffect(() => {
    if (!signedIn) return;
    api.get<{ items: BoardListItem[] }>('/boards').then(
      (r) => setBoards(r.items),
      () => {},
    );
  }, [signedIn]);
  const words = q.trim().toLowerCase();
  const found = boards
    .filter((b) => `${b.name} ${b.teamName} ${b.teamKey}`.toLowerCase().includes(words))
    .slice(0, 8);
  return (
    <div className="page">
      <PageTitle title={t('app.404.title')} />
      <EmptyState
        icon={<Compass size={28} />}
        title={t('app.404.title')}
        action={
          <Link to={signedIn ? '/boards' : '/sign-in'} className="btn">
            {signedIn ? t('app.404.boards') : t('app.signIn')}
          </Link>
        }
      >
        {signedIn && (
          <>
            <p>{t('app.404.text')}</p>
            <div className="searchbox wide">
              <Search size={15} aria-hidden />
              <label className="sr" htmlFor={id}>
                {t('app.404.find')}
              </label>
              <input
                id={id}
                type="search"
                value={q}
                placeholder={t('app.404.find')}
                onChange={(e) => setQ(e.target.value)}
              />
            </div>
            <ul className="found">
              {found.map((b) => (
                <li key={b.id}>
                  <Link to="/b/$board" params={{ board: b.id }}>
                    <b>{b.name}</b> <span className="quiet">{b.teamName}</span>
                  </Link>
                </li>
              ))}
              {found.length === 0 && boards.length > 0 && <li className="quiet">{t('app.404.none')}</li>}
            </ul>
          </>
        )}
      </EmptyState>
    </div>
  );
}
