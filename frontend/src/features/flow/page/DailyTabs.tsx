import { useMemo } from 'react';
import { dateWords, dayOfDate, shortDay } from '../../../lib/time';
import { ChartFrame } from '../charts/ChartFrame';
import { before, cfdDrawing, held } from '../charts/cfd';
import { judgedFrom, netDrawing, runDrawing, weeksDrawing } from '../charts/daily';
import { t } from '../messages';
import type { Cfd, Daily } from '../types';
import { tenth } from '../words';
import { Part } from './Part';
import { useMeasure } from './use-measure';

// What is counted day by day: cumulative flow, work in progress and its age, what was started and finished.

const TALL = 470;

export function CfdTab() {
  return (
    <Part query={useMeasure<Cfd>('cfd')} height={TALL}>
      {(v) => <CfdChart v={v} />}
    </Part>
  );
}

function CfdChart({ v }: { v: Cfd }) {
  const drawing = useMemo(() => (v.columns.length ? cfdDrawing(v) : undefined), [v]);
  const low = before(v);
  return (
    <ChartFrame
      title={v.title}
      sub={low > 0 ? t('fl.cfd.sub.low', { n: low }) : t('fl.cfd.sub')}
      legend={
        v.corrections.length > 0 && (
          <span>
            <i className="fl-swatch" data-t="warn" /> {t('fl.cfd.back', { n: v.corrections.length })}
          </span>
        )
      }
      why={v.why}
      drawing={drawing}
      twin={{
        head: [t('fl.col.day'), ...v.columns.map((c) => c.name), t('fl.col.discarded')],
        rows: v.days
          .map((d, i) => [dateWords(d), ...v.columns.map((_, k) => held(v, k, i)), v.discarded[i]!])
          .reverse(),
      }}
      measure="cfd"
      tall
    />
  );
}

export function WipTab() {
  return (
    <Part query={useMeasure<Daily>('wip')} height={TALL * 2}>
      {(v) => <WipCharts v={v} />}
    </Part>
  );
}

const wipOn = (day: string) => ({ title: t('fl.wip.on', { day: dateWords(day) }), ask: { of: 'wip', day } });

function WipCharts({ v }: { v: Daily }) {
  const wip = useMemo(
    () =>
      runDrawing({
        v,
        values: v.wip,
        limit: v.limit || undefined,
        say: (n, i) => [
          t('fl.wip.in', { n }),
          t('fl.net.day', { started: v.started[i]!, finished: v.finished[i]! }),
        ],
        behind: wipOn,
      }),
    [v],
  );
  const age = useMemo(
    () =>
      runDrawing({
        v,
        values: v.totalAge,
        area: true,
        say: (n, i) => [
          t('fl.total.of', { n, cards: v.wip[i]! }),
          ...(v.wip[i] ? [t('fl.total.mean', { n: tenth(n / v.wip[i]!) })] : []),
        ],
        behind: wipOn,
      }),
    [v],
  );
  const [first, last] = [v.totalAge[judgedFrom(v)] ?? 0, v.totalAge.at(-1) ?? 0];
  const twin = {
    head: [t('fl.col.day'), t('fl.wip'), t('fl.col.total'), t('fl.started'), t('fl.finished')],
    rows: v.days
      .map((d, i) => [dateWords(d), v.wip[i]!, v.totalAge[i]!, v.started[i]!, v.finished[i]!])
      .reverse(),
  };
  return (
    <>
      <ChartFrame title={v.title} sub={t('fl.wip.sub')} why={v.why} drawing={wip} twin={twin} measure="wip" />
      <ChartFrame
        title={t(last > first ? 'fl.total.rose' : last < first ? 'fl.total.fell' : 'fl.total.same', {
          first,
          last,
        })}
        sub={t('fl.total.sub')}
        why={{ ...v.why, rule: t('fl.total.rule') }}
        drawing={age}
        twin={twin}
        measure="wip"
      />
    </>
  );
}

export function NetTab() {
  const net = useMeasure<Daily>('net-flow');
  const through = useMeasure<Daily>('throughput');
  return (
    <>
      <Part query={net} height={TALL}>
        {(v) => <NetCharts v={v} />}
      </Part>
      <Part query={through} height={TALL}>
        {(v) => <ThroughChart v={v} />}
      </Part>
    </>
  );
}

const weekRows = (v: Daily) =>
  [...v.weeks]
    .reverse()
    .map((w) => [shortDay(w.monday), w.started, w.finished, t(w.whole ? 'fl.yes' : 'fl.no')]);
const weekSub = (v: Daily, sub: string) =>
  v.weeks.some((w) => !w.whole && w.started + w.finished > 0) ? t('fl.week.paler', { sub }) : sub;
const weekHead = () => [t('fl.col.week'), t('fl.started'), t('fl.finished'), t('fl.col.whole')];

function NetCharts({ v }: { v: Daily }) {
  const net = useMemo(() => netDrawing(v), [v]);
  const weeks = useMemo(() => weeksDrawing(v, true), [v]);
  const whole = v.weeks.filter((w) => w.whole);
  const more = whole.filter((w) => w.started > w.finished).length;
  return (
    <div className="fl-two">
      <ChartFrame
        title={v.title}
        sub={t('fl.net.sub', { day: shortDay(v.since) })}
        why={v.why}
        drawing={net}
        twin={{
          head: [t('fl.col.day'), t('fl.started'), t('fl.finished'), t('fl.col.net')],
          rows: v.days.map((d, i) => [dateWords(d), v.started[i]!, v.finished[i]!, v.net[i]!]).reverse(),
        }}
        measure="net-flow"
      />
      <ChartFrame
        title={t('fl.net.weeks', { n: more, of: whole.length })}
        sub={weekSub(v, t('fl.net.weeksSub'))}
        legend={
          <>
            <span>
              <i className="fl-swatch" data-t="soft" /> {t('fl.started')}
            </span>
            <span>
              <i className="fl-swatch" data-t="accent" /> {t('fl.finished')}
            </span>
          </>
        }
        why={v.why}
        drawing={weeks}
        twin={{ head: weekHead(), rows: weekRows(v) }}
        measure="net-flow"
      />
    </div>
  );
}

export function ThroughChart({ v, tall }: { v: Daily; tall?: boolean }) {
  const drawing = useMemo(() => weeksDrawing(v, false), [v]);
  const n = dayOfDate(v.why.to) - dayOfDate(v.why.from) + 1;
  return (
    <ChartFrame
      title={v.title}
      sub={weekSub(v, t('fl.through.sub', { n: v.why.n, days: t('fl.days', { n }) }))}
      why={v.why}
      drawing={drawing}
      twin={{ head: weekHead(), rows: weekRows(v) }}
      measure="throughput"
      tall={tall}
    />
  );
}
