import { Link, useNavigate } from '@tanstack/react-router';
import { MonitorPlay, Presentation } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { BoardListItem } from '../../api/types';
import { refresh, useData } from '../../lib/data';
import { toastError } from '../../lib/notify';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { clock } from '../../lib/time';
import { useFollow } from '../../live/follow';
import { EmptyState } from '../../ui/EmptyState';
import { HowItWorks } from '../../ui/how/HowItWorks';
import { Loaded } from '../../ui/Loaded';
import { follow } from './following';
import { InWriting } from './InWriting';
import { t } from './messages';
import './pages.css';
import { present } from './present';
import { nextWords } from './screen/Radiator';
import type { SeriesItem } from './types';
import { useSeries } from './use-series';

/** More than this one socket does not carry; the rest is read with the others' news. */
const FOLLOWED = 30;

/** Every standup that one may see, and the way to begin one. */
export function StandupsPage({ state }: { state?: ReactNode }) {
  const series = useSeries();
  const me = useMe();
  const boards = useData<{ items: BoardListItem[] }>('/boards').data?.items ?? [];
  const navigate = useNavigate();
  const items = series.data?.items ?? [];
  useFollow(
    items.slice(0, FOLLOWED).map((s) => `standup:${s.id}`),
    () => void refresh('/standups'),
  );
  const [written, setWritten] = useState<string>();
  const start = (what: Parameters<typeof present>[0]) =>
    void present(what).then(
      (series) => navigate({ to: '/standup/$series/screen', params: { series } as never }),
      (e) => toastError(e),
    );
  const has = new Set(items.map((s) => s.boardId));
  const others = boards.filter((b) => !has.has(b.id) && hasRight(me, b.teamId, 'worker'));
  return (
    <div className="page">
      <PageTitle title={t('sp.title')} />
      <Top place="state">{state}</Top>
      <div className="page-in narrow sp">
        <Loaded query={series} failed={t('sp.error')}>
          {() =>
            items.length === 0 && (
              <EmptyState
                icon={<Presentation size={28} />}
                title={t('sp.none')}
                action={<HowItWorks kind="walk" teamId={undefined} />}
              >
                {t('sp.noneText')}
              </EmptyState>
            )
          }
        </Loaded>
        {items.length > 0 && (
          <ul className="panel rows">
            {items.map((s) => (
              <Row
                key={s.id}
                item={s}
                onPresent={() => (s.mode === 'async' ? setWritten(s.id) : start({ seriesId: s.id }))}
                onJoin={() => {
                  follow(s.id);
                  void navigate({ to: '/b/$board', params: { board: s.boardId } as never });
                }}
              />
            ))}
          </ul>
        )}
        {written && (
          <InWriting
            onStart={() => {
              setWritten(undefined);
              start({ seriesId: written });
            }}
            onClose={() => setWritten(undefined)}
          />
        )}
        {others.length > 0 && (
          <section className="panel">
            <div className="sp-head">
              <h2 className="h2">{t('sp.start')}</h2>
              <p className="small quiet">{t('sp.startText')}</p>
            </div>
            <ul className="rows">
              {others.map((b) => (
                <li key={b.id} className="row-a">
                  <span className="row-main">
                    {b.name}
                    <small>{b.teamName}</small>
                  </span>
                  <button type="button" className="btn line sm" onClick={() => start({ boardId: b.id })}>
                    <MonitorPlay size={15} aria-hidden />
                    {t('sp.present')}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
}

function Row({ item, onPresent, onJoin }: { item: SeriesItem; onPresent: () => void; onJoin: () => void }) {
  const words = [
    item.boardName === item.name ? '' : item.boardName,
    item.teamName,
    item.state
      ? ''
      : item.nextAt
        ? t('sp.next', { when: nextWords(item.nextAt, Date.now()) })
        : t('sp.noTime'),
    item.parked ? t('sp.parked', { n: item.parked }) : '',
  ];
  return (
    <li className="row-a" data-on={item.state}>
      <span className="row-main">
        <Link to="/standup/$series" params={{ series: item.id } as never} className="row-link">
          {item.name}
        </Link>
        <small>{words.filter(Boolean).join(' · ')}</small>
      </span>
      {item.state && (
        <span className="pill" data-t="ok">
          {item.state === 'sixteenth'
            ? t('sp.sixteenth')
            : t('sp.running', { time: clock(item.startedAt ?? '') })}
        </span>
      )}
      {item.state && (
        <button type="button" className="btn sm sp-act" onClick={onJoin}>
          {t('sp.join')}
        </button>
      )}
      {item.canDrive && !item.state && (
        <button type="button" className="btn line sm sp-act" onClick={onPresent}>
          <MonitorPlay size={15} aria-hidden />
          {t('sp.present')}
        </button>
      )}
    </li>
  );
}
