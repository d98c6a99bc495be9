import { Link, useNavigate } from '@tanstack/react-router';
import { Check, Link2, Printer } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { copyText } from '../../../lib/copy';
import { refresh, useData } from '../../../lib/data';
import { toast } from '../../../lib/notify';
import { PageTitle, Top } from '../../../lib/page';
import { useFollow } from '../../../live/follow';
import type { Behind } from '../charts/model';
import '../flow.css';
import '../charts/chart.css';
import './tabs.css';
import { t } from '../messages';
import { asked, type FlowSearch, TABS, type Tab } from '../search';
import { BehindDialog } from './BehindDialog';
import { CompareTab } from './CompareTab';
import { FlowContext, type FlowRoom } from './context';
import { CfdTab, NetTab, WipTab } from './DailyTabs';
import { DiagnosticsTab } from './DiagnosticsTab';
import { ForecastTab } from './ForecastTab';
import { OverviewTab } from './OverviewTab';
import { StreamTab } from './StreamTab';
import { WindowTools } from './WindowTools';
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
  const navigate = useNavigate();
  const named = useData<Named>(`/boards/${boardId}/workflow`);
  const [behind, setBehind] = useState<Behind>();
  const base = `/boards/${boardId}/flow`;
  useFollow([`board:${boardId}`], () => void refresh(base));
  const name = named.data?.name ?? '';
  const room = useMemo<FlowRoom>(() => {
    const path: FlowRoom['path'] = (measure, more) => `${base}/${measure}${asked(search, more)}`;
    return {
      boardId,
      name,
      search,
      set: (next) =>
        void navigate({
          to: '/b/$board/flow',
          params: { board: boardId },
          search: { ...search, ...next } as never,
        }),
      open: (b) =>
        b.keys?.length === 1 ? void navigate({ to: '/c/$key', params: { key: b.keys[0]! } }) : setBehind(b),
      path,
      csv: (measure, more) => `/api/v1${path(measure, { ...more, format: 'csv' })}`,
    };
  }, [base, boardId, name, search, navigate]);
  const tab = search.tab ?? 'overview';
  const Shown = SHOWN[tab];
  const tabs = useRef<HTMLElement>(null);
  // where they do not all fit, the one that is open is in sight
  useEffect(() => {
    const [nav, one] = [tabs.current, tabs.current?.querySelector<HTMLElement>(`[data-t="${tab}"]`)];
    if (nav && one)
      nav.scrollLeft = one.offsetLeft - nav.offsetLeft - (nav.clientWidth - one.clientWidth) / 2;
  }, [tab]);
  const title = !name ? t('fl.flow') : /\bflow$/i.test(name) ? name : t('fl.title', { board: name });
  return (
    <FlowContext value={room}>
      <div className="page fl" data-tab={tab} data-scroll-restoration-id="flow">
        <PageTitle
          title={title}
          crumb={
            named.data && (
              <Link to="/b/$board" params={{ board: boardId }} title={name}>
                {named.data.teamName}
              </Link>
            )
          }
        />
        <Top place="state">{state}</Top>
        <Top place="action">
          <CopyLink />
        </Top>
        <div className="fl-tools">
          <nav ref={tabs} className="seg fl-tabs" aria-label={t('fl.views')}>
            {TABS.map((x) => (
              <Link
                key={x}
                data-t={x}
                to="/b/$board/flow"
                params={{ board: boardId }}
                search={{ ...search, tab: x === 'overview' ? undefined : x } as never}
                activeOptions={{ exact: true, includeSearch: true }}
                activeProps={{}}
                aria-current={x === tab ? 'page' : undefined}
              >
                {t(`fl.tab.${x}`)}
              </Link>
            ))}
          </nav>
          <WindowTools />
        </div>
        <div className="fl-body">
          <Shown />
          <p className="fl-foot small quiet">{t('fl.notPeople')}</p>
        </div>
        {behind && <BehindDialog behind={behind} onClose={() => setBehind(undefined)} />}
      </div>
    </FlowContext>
  );
}

/** The address reproduces what is shown: the same days, cards and answers. */
function CopyLink() {
  const [copied, setCopied] = useState(false);
  return (
    <>
      <button
        type="button"
        className="btn ghost icon fl-print"
        aria-label={t('fl.print')}
        title={t('fl.print')}
        onClick={() => window.print()}
      >
        <Printer size={16} aria-hidden />
      </button>
      <button
        type="button"
        className="btn line"
        onClick={async () => {
          if (!(await copyText(window.location.href))) return void toast({ text: t('fl.copyFailed') });
          setCopied(true);
          setTimeout(() => setCopied(false), 2000);
        }}
      >
        {copied ? <Check size={15} aria-hidden /> : <Link2 size={15} aria-hidden />}
        <span className="fl-copy-words" aria-live="polite">
          {copied ? t('fl.copied') : t('fl.copy')}
        </span>
      </button>
    </>
  );
}
