import { Link, useNavigate } from '@tanstack/react-router';
import { EyeOff, MessagesSquare, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ApiError, api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { dateOf, moment } from '../../lib/time';
import { useFollow } from '../../live/follow';
import { EmptyState } from '../../ui/EmptyState';
import { Loaded } from '../../ui/Loaded';
import { t } from './messages';
import './list.css';
import type { RetroItem, RetroView } from './types';

/** More than this one socket does not carry. */
const FOLLOWED = 20;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The retros of one's teams, and the way into one by its code. */
export function RetrosPage({ state }: { state?: ReactNode }) {
  const retros = useData<{ items: RetroItem[] }>('/retros');
  const me = useMe();
  const items = retros.data?.items ?? [];
  const running = items.filter((r) => r.phase !== 'published');
  const past = items.filter((r) => r.phase === 'published');
  useFollow(
    running.slice(0, FOLLOWED).map((r) => `retro:${r.id}`),
    () => void refresh('/retros'),
  );
  const may = me.person.role === 'admin' || me.teams.some((x) => hasRight(me, x.id, 'worker'));
  const start = may && (
    <Link to="/retro/new" className="btn">
      <Plus size={16} aria-hidden />
      <span className="btn-word">{t('rl.start')}</span>
    </Link>
  );
  return (
    <div className="page">
      <PageTitle title={t('rt.title')} />
      <Top place="state">{state}</Top>
      <Top place="action">{start}</Top>
      <div className="page-in narrow rl">
        <div className="rl-head">
          <JoinByCode />
          <Link to="/health" className="rl-to">
            {t('rl.health')}
          </Link>
          <Link to="/retro/templates" className="rl-to">
            {t('rl.templates')}
          </Link>
        </div>
        <Loaded query={retros} failed={t('rl.error')}>
          {() =>
            items.length === 0 && (
              <EmptyState icon={<MessagesSquare size={28} />} title={t('rl.none')}>
                {t('rl.noneText')}
              </EmptyState>
            )
          }
        </Loaded>
        <Rows title={t('rl.running')} items={running} />
        <Rows title={t('rl.past')} items={past} />
      </div>
    </div>
  );
}

function Rows({ title, items }: { title: string; items: RetroItem[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h2 className="h2 rl-h">{title}</h2>
      <ul className="panel rows">
        {items.map((r) => {
          const over = r.phase === 'published';
          return (
            <li key={r.id} className="row-a">
              <span className="row-main">
                <Link to="/retro/$retro" params={{ retro: r.id } as never} className="row-link">
                  {r.title}
                </Link>
                <small>
                  {[
                    r.teamName,
                    r.boardName,
                    dateOf(r.closedAt ?? r.createdAt, zone),
                    r.phase !== 'open' && t('rl.people', { n: r.people }),
                    over && r.abandoned && t('rl.abandoned'),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </span>
              {r.anonymity === 'anonymous' && (
                <span title={t('rt.anonymous')} className="quiet">
                  <EyeOff size={15} role="img" aria-label={t('rt.anonymous')} />
                </span>
              )}
              {over ? (
                <span className="pill" data-t={r.actionsOpen ? undefined : 'ok'}>
                  {[
                    t('rl.actions', { n: r.actions }),
                    r.actionsOpen > 0 && t('rl.open', { n: r.actionsOpen }),
                  ]
                    .filter(Boolean)
                    .join(', ')}
                </span>
              ) : (
                <span className="pill" data-t="acc">
                  {r.phase === 'open' && r.opensUntil
                    ? t('rl.openUntil', { time: moment(r.opensUntil) })
                    : t(`rt.phase.${r.phase}`)}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function JoinByCode() {
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string>();
  const join = async () => {
    if (!code.trim()) return;
    setProblem(undefined);
    try {
      const { retro } = await api.post<RetroView>('/retros/join', { code: code.trim() });
      await navigate({ to: '/retro/$retro', params: { retro: retro.id } as never });
    } catch (error) {
      setProblem(
        error instanceof ApiError && error.status === 404
          ? t('rl.noCode')
          : error instanceof Error
            ? error.message
            : String(error),
      );
    }
  };
  return (
    <form
      className="rl-join"
      onSubmit={(e) => {
        e.preventDefault();
        void join();
      }}
    >
      <label htmlFor="rl-code">{t('rl.codeLabel')}</label>
      <input
        id="rl-code"
        className="input mono"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={12}
        value={code}
        onChange={(e) => setCode(e.target.value)}
      />
      <button type="submit" className="btn line">
        {t('rl.join')}
      </button>
      {problem && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
