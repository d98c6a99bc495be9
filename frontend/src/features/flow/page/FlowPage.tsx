import { Link } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import { refresh, useData } from '../../../lib/data';
import { useFollow } from '../../../live/follow';
import { t } from '../messages';
import { type FlowSearch, TABS, type Tab } from '../search';
import { CompareTab } from './CompareTab';
import { CfdTab, NetTab, WipTab } from './DailyTabs';
import { DiagnosticsTab } from './DiagnosticsTab';
import { FlowFrame } from './FlowFrame';
import { ForecastTab } from './ForecastTab';
import { OverviewTab } from './OverviewTab';
import { StreamTab } from './StreamTab';
import { BlockersTab, HandoffsTab, MixTab } from './WorkTabs';

interface Named {
  name: string;
  teamName: string;
}

const SHOWN: Record<Tab, () => ReactNode> = {
  overview: OverviewTab,
  cfd: CfdTab,
  wip: WipTab,
  net: NetTab,
  blockers: BlockersTab,
  handoffs: HandoffsTab,
  mix: MixTab,
  forecast: ForecastTab,
  stream: StreamTab,
  diagnostics: DiagnosticsTab,
  compare: CompareTab,
};

/** How work flows over a board: the numbers of a team, never of a person. */
export function FlowPage({
  boardId,
  search,
  state,
}: {
  boardId: string;
  search: FlowSearch;
  state?: ReactNode;
}) {
  const named = useData<Named>(`/boards/${boardId}/workflow`);
  const at = `/boards/${boardId}/flow`;
  useFollow([`board:${boardId}`], () => void refresh(at));
  const base = useCallback((measure: string) => `${at}/${measure}`, [at]);
  const name = named.data?.name ?? '';
  const Shown = SHOWN[search.tab ?? 'overview'];
  return (
    <FlowFrame
      to="/b/$board/flow"
      params={{ board: boardId }}
      search={search}
      base={base}
      says="overview"
      name={name}
      title={!name ? t('fl.flow') : /\bflow$/i.test(name) ? name : t('fl.title', { board: name })}
      crumb={
        named.data && (
          <Link to="/b/$board" params={{ board: boardId }} title={name}>
            {named.data.teamName}
          </Link>
        )
      }
      tabs={TABS}
      state={state}
    >
      <Shown />
    </FlowFrame>
  );
}
