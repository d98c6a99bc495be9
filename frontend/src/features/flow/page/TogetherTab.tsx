import { Link } from '@tanstack/react-router';
import { ChartFrame } from '../charts/ChartFrame';
import { t } from '../messages';
import type { CycleTime, Daily } from '../types';
import { ThroughChart } from './DailyTabs';
import { CycleChart } from './OverviewTab';
import { Part } from './Part';
import { useMeasure } from './use-measure';

/** Several boards at a glance: what each has in progress, finished and needs, and all of them together. */
export function TogetherTab() {
  const through = useMeasure<Daily>('throughput');
  const cycle = useMeasure<CycleTime>('cycle-time');
  return (
    <>
      <Part query={through} height={280}>
        {(v) => v.boards && <Each v={v} boards={v.boards} cycle={cycle.before ? undefined : cycle.data} />}
      </Part>
      <div className="fl-two">
        <Part query={through} height={420}>
          {(v) => <ThroughChart v={v} tall />}
        </Part>
        <Part query={cycle} height={420}>
          {(v) => <CycleChart v={v} />}
        </Part>
      </div>
    </>
  );
}

interface One {
  id: string;
  name: string;
  teamName: string;
  wip: number;
  finished: number;
  /** Of cycle time: 85 % within so many days; undefined = too few. */
  days?: number;
}

function Each({ v, boards, cycle }: { v: Daily; boards: NonNullable<Daily['boards']>; cycle?: CycleTime }) {
  const list: One[] = boards.map((b) => ({
    id: b.id,
    name: b.name,
    teamName: b.teamName,
    wip: b.wip.at(-1) ?? 0,
    finished: b.finished.reduce((n, x) => n + x, 0),
    days: cycle?.boards?.find((c) => c.id === b.id)?.percentiles.find((p) => p.percent === 85)?.days,
  }));
  const top = {
    wip: Math.max(1, ...list.map((b) => b.wip)),
    finished: Math.max(1, ...list.map((b) => b.finished)),
    days: Math.max(1, ...list.map((b) => b.days ?? 0)),
  };
  const all = list.reduce((n, b) => n + b.wip, 0);
  const most = [...list].sort((a, b) => b.wip - a.wip)[0];
  const slow = [...list].filter((b) => b.days).sort((a, b) => b.days! - a.days!)[0];
  const head = [t('fl.several.board'), t('fl.several.wip'), t('fl.several.finished'), t('fl.several.days')];
  const title =
    list.length > 1 && slow && all > 0
      ? t('fl.several.slow', {
          board: slow.teamName,
          days: t('fl.days', { n: slow.days! }),
          most: most!.teamName,
          n: most!.wip,
          of: all,
        })
      : t('fl.several.sum', { n: all, boards: list.length });
  const bar = (which: keyof typeof top, n: number | undefined, words: string) => (
    <span className="fl-compare-n" data-which={which} data-name={t(`fl.several.${which}`)}>
      <span className="sr">{t(`fl.several.${which}`)}: </span>
      <i aria-hidden="true">
        <i style={{ width: `${((n ?? 0) / top[which]) * 100}%` }} />
      </i>
      <b className="num">{words}</b>
    </span>
  );
  const days = (b: One) => (b.days ? t('fl.age.days', { n: b.days }) : t('fl.cmp.none'));
  return (
    <ChartFrame
      title={title}
      sub={t('fl.several.sub')}
      why={{ ...v.why, rule: t('fl.several.rule') }}
      twin={{
        head: [t('fl.several.team.head'), ...head],
        rows: list.map((b) => [b.teamName, b.name, b.wip, b.finished, b.days ?? '']),
      }}
      rows={list.map((b) => ({
        name: `${b.teamName} ${b.name}`,
        share: b.wip / top.wip,
        tone: 'accent',
        words: t('fl.several.words', { wip: b.wip, finished: b.finished, days: days(b) }),
      }))}
    >
      <p className="fl-compare-head fl-each" aria-hidden="true">
        {head.map((h) => (
          <span key={h}>{h}</span>
        ))}
      </p>
      <ul className="fl-compare fl-each">
        {list.map((b) => (
          <li key={b.id}>
            <Link to="/b/$board/flow" params={{ board: b.id }} className="fl-compare-name">
              {b.teamName} <small>{b.name}</small>
            </Link>
            {bar('wip', b.wip, String(b.wip))}
            {bar('finished', b.finished, String(b.finished))}
            {bar('days', b.days, days(b))}
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}
