import { Link } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo } from 'react';
import { refresh, useData } from '../../../lib/data';
import { useFollow } from '../../../live/follow';
import { Loaded } from '../../../ui/Loaded';
import { t } from '../messages';
import { type BoardsSearch, SEVERAL_TABS, type Tab } from '../search';
import { ChooseBoards, chosen, type Known } from './ChooseBoards';
import { NetTab, WipTab } from './DailyTabs';
import { FlowFrame } from './FlowFrame';
import { ForecastTab } from './ForecastTab';
import { TogetherTab } from './TogetherTab';

const SHOWN: Partial<Record<Tab, () => ReactNode>> = { wip: WipTab, net: NetTab, forecast: ForecastTab };
/** More topics than a socket may follow are left to the next visit of the page. */
const FOLLOWED = 40;

/** How work flows over several boards, or all of a team. Without a choice over all that one sees. */
export function BoardsPage({
  search,
  onChoose,
  state,
}: {
  search: BoardsSearch;
  onChoose: (of: Pick<BoardsSearch, 'boards' | 'team'>) => void;
  state?: ReactNode;
}) {
  const query = useData<{ items: Known[] }>('/boards');
  const all = query.data?.items;
  const of = useMemo(() => chosen(all ?? [], search), [all, search]);
  const ids = of.map((b) => b.id).join(',');
  useFollow(
    of.slice(0, FOLLOWED).map((b) => `board:${b.id}`),
    () =>
      void refresh(...['throughput', 'cycle-time', 'wip', 'net-flow', 'forecast'].map((m) => `/flow/${m}`)),
  );
  const more = useMemo(() => (search.team ? { teamId: search.team } : { boards: ids }), [search.team, ids]);
  const names = useMemo(() => new Map(of.map((b) => [b.id, `${b.teamName} ${b.name}`])), [of]);
  const base = useCallback((measure: string) => `/flow/${measure}`, []);
  const team = search.team && of[0]?.teamName;
  const n = of.length;
  const Shown = SHOWN[search.tab ?? 'overview'] ?? TogetherTab;
  return (
    <FlowFrame
      to="/flow/boards"
      search={search}
      base={n > 0 ? base : null}
      more={more}
      says="throughput"
      boardNames={names}
      name={team || t('fl.several', { n })}
      title={team ? t('fl.title', { board: team }) : n ? t('fl.several.title', { n }) : t('fl.flow')}
      crumb={<Link to="/flow">{t('fl.several.wall')}</Link>}
      tabs={SEVERAL_TABS}
      state={state}
      tools={all && <ChooseBoards all={all} search={search} onChoose={onChoose} />}
    >
      <Loaded query={query}>
        {() => (n > 0 ? <Shown /> : <p className="panel fl-empty">{t('fl.several.none')}</p>)}
      </Loaded>
    </FlowFrame>
  );
}
