import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import type { Excused } from '../../../api/types';
import { refresh, useData } from '../../../lib/data';
import { lazyPart } from '../../../lib/lazy';
import { useBoard } from '../../../live';
import { useFollow } from '../../../live/follow';
import { excusedWords } from '../../../ui/excused';
import css from '../card.module.css';
import { useRoom } from '../context';
import { t } from './messages';
import { StartDialog } from './StartDialog';

const ProposeDialog = lazyPart(() => import('./ProposeDialog').then((m) => m.ProposeDialog));

interface Head {
  id: string;
  level: 'light' | 'standard' | 'critical';
  blocking: number;
  excused?: Excused;
  frozenAt?: string;
  topics: { key: string; name: string; blocking: number }[];
}

/** The checklists of a card: how much of each blocks, and the way to it. */
export function Checklists() {
  const { face, can, asked, ask } = useRoom();
  const board = useBoard();
  const navigate = useNavigate();
  const path = `/checklists?cardId=${face.id}`;
  const { data } = useData<{ items: Head[] }>(path);
  const items = data?.items ?? [];
  useFollow(
    items.map((c) => `checklist:${c.id}`),
    () => void refresh(path),
  );
  const [starting, setStarting] = useState(false);
  useEffect(() => {
    if (asked === 'checklist') setStarting(true);
  }, [asked]);
  const close = () => {
    setStarting(false);
    ask(undefined);
  };
  return (
    <>
      {data && items.length === 0 && can.work && (
        <section className={css.part} aria-label={t('cs.one')}>
          <div className={css.partHead}>
            <h3>{t('cs.one')}</h3>
            <button type="button" className="btn ghost sm" onClick={() => setStarting(true)}>
              {t('cs.oneStart')}
            </button>
          </div>
        </section>
      )}
      {items.length > 0 && (
        <section className={css.part} aria-label={t('cs.title')}>
          <div className={css.partHead}>
            <h3>{t('cs.title')}</h3>
          </div>
          <ul>
            {items.map((c) => (
              <li key={c.id}>
                <Link to="/checklists/$checklist" params={{ checklist: c.id } as never} className="link">
                  {t(`cs.level.${c.level}`)}
                </Link>{' '}
                <span className={css.sub}>
                  {[
                    c.blocking > 0 ? t('cs.blocking', { n: c.blocking }) : t('cs.clear'),
                    ...c.topics.filter((x) => x.blocking > 0).map((x) => `${x.name} ${x.blocking}`),
                    c.excused && excusedWords(c.excused),
                    c.frozenAt && t('cs.frozen'),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {asked === 'question' && can.work && (
        <Suspense>
          <ProposeDialog
            about={{
              teamId: board.teamId,
              source: { kind: 'card', id: face.key },
              why: t('cs.pr.fromCard', { key: face.key }),
            }}
            onClose={() => ask(undefined)}
          />
        </Suspense>
      )}
      {starting && can.work && (
        <StartDialog
          about={{ teamId: board.teamId, card: { id: face.id, key: face.key, title: face.title } }}
          onClose={close}
          onStarted={(id) => {
            close();
            void navigate({ to: '/checklists/$checklist', params: { checklist: id } as never });
          }}
        />
      )}
    </>
  );
}
