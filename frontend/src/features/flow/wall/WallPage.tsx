import { ChartNoAxesCombined, KanbanSquare, MonitorPlay, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { refresh, useData } from '../../../lib/data';
import { PageTitle, Top } from '../../../lib/page';
import { useMe } from '../../../lib/session';
import { useNow } from '../../../lib/use-now';
import { useFollow } from '../../../live/follow';
import { EmptyState } from '../../../ui/EmptyState';
import { Go } from '../../../ui/Go';
import { Loaded } from '../../../ui/Loaded';
import { BoardPanel } from './BoardPanel';
import { t } from './messages';
import { Side } from './Side';
import { ORDERS, type Order, ordered, type Wall } from './types';
import './wall.css';

const PATH = '/flow/wall';
/** More topics than a socket may follow are left to the next visit of the page. */
const FOLLOWED = 40;

/** What the wall says, read again when one of its boards, or what one may see, changes. */
export function useWall() {
  const query = useData<Wall>(PATH);
  const boards = query.data?.boards ?? [];
  const topics = ['me', ...boards.map((b) => `board:${b.id}`), ...boards.map((b) => `team:${b.teamId}`)];
  useFollow([...new Set(topics)].slice(0, FOLLOWED), () => void refresh(PATH));
  return query;
}

/** Every board that one may see: what is stuck in ten seconds. */
export function WallPage({
  order,
  onOrder,
  onTv,
  state,
}: {
  order: Order;
  onOrder: (order: Order) => void;
  onTv: () => void;
  state: ReactNode;
}) {
  const query = useWall();
  const me = useMe();
  const now = useNow(60_000);
  const n = query.data?.boards.length ?? 0;
  return (
    <div className="page" data-scroll-restoration-id="wall">
      <PageTitle title={t('wall.title')} crumb={t('wall.crumb')} />
      <Top place="title">{n > 0 && <span className="wl-n">{t('wall.boards', { n })}</span>}</Top>
      <Top place="state">{state}</Top>
      <Top place="action">
        <button type="button" className="btn ghost wl-desk" onClick={onTv}>
          <MonitorPlay size={15} aria-hidden />
          {t('wall.tv')}
        </button>
        <button type="button" className="btn line wl-desk" onClick={() => window.print()}>
          <Printer size={15} aria-hidden />
          {t('wall.print')}
        </button>
      </Top>
      <div className="page-in wl">
        <Loaded query={query} failed={t('wall.failed')}>
          {(wall) =>
            n === 0 ? (
              <EmptyState
                icon={<KanbanSquare size={30} />}
                title={t('wall.empty')}
                action={
                  <Go to="/boards" className="btn">
                    {t('wall.empty.do')}
                  </Go>
                }
              >
                {t('wall.empty.text')}
              </EmptyState>
            ) : (
              <>
                <div className="wl-bar">
                  <fieldset className="seg">
                    <legend className="sr">{t('wall.order')}</legend>
                    {ORDERS.map((o) => (
                      <button key={o} type="button" aria-pressed={order === o} onClick={() => onOrder(o)}>
                        {t(`wall.order.${o}`)}
                      </button>
                    ))}
                  </fieldset>
                  {n > 1 && (
                    <Go to="/flow/boards" className="btn ghost sm">
                      <ChartNoAxesCombined size={15} aria-hidden />
                      {t('wall.together')}
                    </Go>
                  )}
                  <Sums wall={wall} />
                </div>
                <div className="wl-grid">
                  <Side
                    wall={wall}
                    now={now}
                    mayTake={me.person.role === 'manager' || me.person.role === 'admin'}
                  />
                  <ul className="wl-boards">
                    {ordered(wall.boards, order).map((b) => (
                      <BoardPanel
                        key={b.id}
                        board={b}
                        ofTeam={wall.boards.filter((x) => x.teamId === b.teamId).length}
                      />
                    ))}
                  </ul>
                </div>
              </>
            )
          }
        </Loaded>
      </div>
    </div>
  );
}

function Sums({ wall: { sums: s, failed } }: { wall: Wall }) {
  const parts: [number, string][] = s.expedite > 0 ? [[s.expedite, t('wall.sum.expedite')]] : [];
  parts.push([s.blocked, t('wall.sum.blocked')]);
  if (s.outside > 0) parts.push([s.outside, t('wall.sum.outside')]);
  if (s.past > 0) parts.push([s.past, t('wall.sum.past')]);
  if (s.risk > 0) parts.push([s.risk, t('wall.sum.risk')]);
  parts.push([s.finished, t('wall.sum.finished')]);
  return (
    <p className="wl-sums">
      {failed.includes('launches') && <span>{t('wall.failed.launches')}</span>}
      <span>
        {t('wall.sum.wip')} <b>{s.wip}</b>
      </span>
      {parts.map(([n, words]) => (
        <span key={words}>
          <b>{n}</b> {words}
        </span>
      ))}
    </p>
  );
}
