import { Link, useNavigate } from '@tanstack/react-router';
import { Check, Link2, Printer } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { copyText } from '../../../lib/copy';
import { toast } from '../../../lib/notify';
import { PageTitle, Top } from '../../../lib/page';
import type { Behind } from '../charts/model';
import '../flow.css';
import '../charts/chart.css';
import './tabs.css';
import './more.css';
import { t } from '../messages';
import { asked, type FlowSearch, type Tab } from '../search';
import { BehindDialog } from './BehindDialog';
import { FlowContext, type FlowRoom } from './context';
import { WindowTools } from './WindowTools';

interface Props {
  /** Where the page is, for its own links. */
  to: '/b/$board/flow' | '/flow/boards';
  params?: { board: string };
  search: FlowSearch;
  /** The path of a measure; null while nobody knows over what. */
  base: ((measure: string) => string) | null;
  /** What every question says beside the window: which boards. */
  more?: Record<string, string | undefined>;
  /** The measure that says the window. */
  says: string;
  boardNames?: ReadonlyMap<string, string>;
  /** Of files: what is shown. */
  name: string;
  title: string;
  crumb?: ReactNode;
  tabs: readonly Tab[];
  state?: ReactNode;
  /** What is chosen before the days. */
  tools?: ReactNode;
  children: ReactNode;
}

/** What is around the numbers of one board and of several: the tabs, the days, what lies behind a number, and the link. */
export function FlowFrame({
  to,
  params,
  search,
  base,
  more,
  says,
  boardNames,
  name,
  title,
  crumb,
  tabs,
  state,
  tools,
  children,
}: Props) {
  const navigate = useNavigate();
  const [behind, setBehind] = useState<Behind>();
  const board = params?.board;
  const room = useMemo<FlowRoom>(() => {
    const path: FlowRoom['path'] = (measure, own) =>
      base && `${base(measure)}${asked(search, { ...more, ...own })}`;
    return {
      boardId: board,
      boardNames,
      name,
      says,
      search,
      set: (next) =>
        void navigate({
          to,
          params: { board },
          search: { ...search, ...next } as never,
          resetScroll: false,
        } as never),
      open: (b) =>
        b.keys?.length === 1 ? void navigate({ to: '/c/$key', params: { key: b.keys[0]! } }) : setBehind(b),
      path,
      csv: (measure, own) => `/api/v1${path(measure, { ...own, format: 'csv' })}`,
    };
  }, [base, more, says, boardNames, to, board, name, search, navigate]);
  const tab = search.tab ?? 'overview';
  const nav = useRef<HTMLElement>(null);
  // where they do not all fit, the one that is open is in sight
  useEffect(() => {
    const [all, one] = [nav.current, nav.current?.querySelector<HTMLElement>(`[data-t="${tab}"]`)];
    if (all && one)
      all.scrollLeft = one.offsetLeft - all.offsetLeft - (all.clientWidth - one.clientWidth) / 2;
  }, [tab]);
  return (
    <FlowContext value={room}>
      <div className="page fl" data-tab={tab} data-scroll-restoration-id="flow">
        <PageTitle title={title} crumb={crumb} />
        <Top place="state">{state}</Top>
        <Top place="action">
          <CopyLink />
        </Top>
        <div className="fl-tools">
          <nav ref={nav} className="seg fl-tabs" aria-label={t('fl.views')}>
            {tabs.map((x) => (
              <Link
                key={x}
                data-t={x}
                to={to}
                params={params as never}
                search={{ ...search, tab: x === 'overview' ? undefined : x } as never}
                activeOptions={{ exact: true, includeSearch: true }}
                activeProps={{}}
                aria-current={x === tab ? 'page' : undefined}
              >
                {t(`fl.tab.${x}`)}
              </Link>
            ))}
          </nav>
          <div className="fl-window">
            {tools}
            {base && <WindowTools />}
          </div>
        </div>
        <div className="fl-body">
          {children}
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
