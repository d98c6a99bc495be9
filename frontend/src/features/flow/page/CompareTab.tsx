import { dateText, dayOfDate, shortDay } from '../../../lib/time';
import { ChartFrame } from '../charts/ChartFrame';
import { t } from '../messages';
import type { Change, CycleTime, Daily, Efficiency, Handoffs, Mix, Overview } from '../types';
import { percent, tenth } from '../words';
import { useFlow } from './context';
import { OwnField } from './OwnField';
import { Part } from './Part';
import { useLast, useMeasure } from './use-measure';

/** A change shows in the numbers after so many days at the earliest. */
const ENOUGH = 7;

interface Half {
  from: string;
  to: string;
}
interface Numbers {
  cycle: CycleTime;
  daily: Daily;
  efficiency: Efficiency;
  hands: Handoffs;
  mix: Mix;
}
interface Row {
  name: string;
  of: (v: Numbers) => number | undefined;
  show: (n: number) => string;
  /** How a difference is said, where it is not said in the same way. */
  diff?: (n: number) => string;
  /** Whether less is better, more is better, or neither. */
  good?: 'less' | 'more';
}

const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);
const days = (n: number) => t('fl.age.days', { n: tenth(n) });
const points = (n: number) => t('fl.cmp.points', { n: tenth(n) });
const at = (v: Numbers, p: number) => v.cycle.percentiles.find((x) => x.percent === p)?.days;

const ROWS: readonly Row[] = [
  { name: 'fl.cmp.cycle85', of: (v) => at(v, 85), show: days, good: 'less' },
  { name: 'fl.cmp.cycle50', of: (v) => at(v, 50), show: days, good: 'less' },
  { name: 'fl.finished', of: (v) => v.cycle.why.n, show: tenth },
  { name: 'fl.cmp.week', of: (v) => mean(v.daily.finished) * 7, show: tenth, good: 'more' },
  { name: 'fl.cmp.wip', of: (v) => mean(v.daily.wip), show: tenth },
  { name: 'fl.cmp.age', of: (v) => mean(v.daily.totalAge), show: days, good: 'less' },
  { name: 'fl.cmp.efficiency', of: (v) => v.efficiency.percent, show: percent, diff: points, good: 'more' },
  {
    name: 'fl.cmp.hands',
    of: (v) => (v.hands.n ? (100 * v.hands.none) / v.hands.n : undefined),
    show: percent,
    diff: points,
    good: 'more',
  },
  {
    name: 'fl.mix.unplanned',
    of: (v) => (v.mix.finished ? v.mix.unplannedPercent : undefined),
    show: percent,
    diff: points,
    good: 'less',
  },
];

/** Everything of one period; undefined until all of it is here, so that no number stands under days that are not its own. */
function useNumbers({ from, to }: Half) {
  const window = { from, to };
  const cycle = useMeasure<CycleTime>('cycle-time', window);
  const daily = useMeasure<Daily>('wip', window);
  const efficiency = useMeasure<Efficiency>('efficiency', window);
  const hands = useMeasure<Handoffs>('handoffs', window);
  const mix = useMeasure<Mix>('mix', window);
  const all = [cycle, daily, efficiency, hands, mix];
  const here = all.every((q) => !q.before);
  return {
    data:
      here && cycle.data && daily.data && efficiency.data && hands.data && mix.data
        ? {
            cycle: cycle.data,
            daily: daily.data,
            efficiency: efficiency.data,
            hands: hands.data,
            mix: mix.data,
          }
        : undefined,
    at: Math.min(...all.map((q) => q.at ?? 0)),
    error: all.find((q) => q.error)?.error ?? null,
    refetch: () => all.map((q) => q.refetch()),
  };
}

/** The same numbers before and after a day: what a change did, side by side. */
export function CompareTab() {
  const overview = useMeasure<Overview>('overview');
  return (
    <Part query={overview} height={420}>
      {(v) => <Chosen from={v.why.from} to={v.why.to} changes={v.why.changes} />}
    </Part>
  );
}

function Chosen({ from, to, changes }: Half & { changes: readonly Change[] }) {
  const { search, set } = useFlow();
  const [first, last] = [dayOfDate(from), dayOfDate(to)];
  const inside = (d: string) => dayOfDate(d) > first && dayOfDate(d) <= last;
  const marks = changes.filter((c) => inside(c.day));
  const usual =
    marks.findLast((c) => last - dayOfDate(c.day) >= ENOUGH)?.day ??
    dateText(Math.round((first + last + 1) / 2));
  const split = search.split && inside(search.split) ? search.split : usual;
  if (last <= first) return <p className="panel fl-empty">{t('fl.cmp.short')}</p>;
  const before = { from, to: dateText(dayOfDate(split) - 1) };
  return (
    <>
      <div className="fl-cmp">
        <OwnField
          label={<span className="field-label">{t('fl.cmp.split')}</span>}
          type="date"
          min={dateText(first + 1)}
          max={to}
          value={split}
          wrong={t('fl.cmp.wrong', { from: shortDay(dateText(first + 1)), to: shortDay(to) })}
          onPick={(split) => set({ split })}
        />
        {[...new Map(marks.map((c) => [c.day, c])).values()].slice(-4).map((c) => (
          <button
            key={c.day}
            type="button"
            className="chip plain"
            aria-pressed={c.day === split}
            onClick={() => set({ split: c.day })}
          >
            {t('fl.why.on', { text: c.text, day: shortDay(c.day) })}
          </button>
        ))}
      </div>
      <Both before={before} after={{ from: split, to }} />
    </>
  );
}

function Both({ before, after }: { before: Half; after: Half }) {
  const [a, b] = [useNumbers(before), useNumbers(after)];
  // the days go with the numbers: until the new ones are all here, the old ones stand under their own
  const shown = useLast(
    a.data && b.data && { data: { a: a.data, b: b.data, before, after }, at: Math.min(a.at, b.at) },
  );
  const query = { ...shown, error: a.error ?? b.error, refetch: () => [a.refetch(), b.refetch()] };
  return (
    <Part query={query} height={420}>
      {(v) => <Compared {...v} />}
    </Part>
  );
}

function Compared({ a, b, before, after }: { a: Numbers; b: Numbers; before: Half; after: Half }) {
  const rows = ROWS.map((r) => ({ ...r, was: r.of(a), is: r.of(b) }));
  const [was, is] = [at(a, 85), at(b, 85)];
  const since = shortDay(after.from);
  const title =
    was === undefined || is === undefined
      ? t('fl.cmp.few')
      : was === is
        ? t('fl.cmp.same', { n: t('fl.days', { n: is }), since })
        : t(is < was ? 'fl.cmp.faster' : 'fl.cmp.slower', { n: t('fl.days', { n: is }), was, since });
  const words = (h: Half) => t('fl.cmp.days', { from: shortDay(h.from), to: shortDay(h.to) });
  const cell = (r: (typeof rows)[number], n: number | undefined) =>
    n === undefined ? t(r.name.startsWith('fl.cmp.cycle') ? 'fl.cmp.none' : 'fl.unknown') : r.show(n);
  const change = (r: (typeof rows)[number]) => {
    if (r.was === undefined || r.is === undefined) return '';
    const d = r.is - r.was;
    return Math.abs(d) < 0.05 ? t('fl.cmp.equal') : `${d > 0 ? '+' : '−'}${(r.diff ?? r.show)(Math.abs(d))}`;
  };
  const tone = (r: (typeof rows)[number]) => {
    if (!r.good || r.was === undefined || r.is === undefined || Math.abs(r.is - r.was) < 0.05)
      return undefined;
    return r.is > r.was === (r.good === 'more') ? 'ok' : 'bad';
  };
  const head = [t('fl.cmp.measure'), words(before), words(after), t('fl.cmp.change')];
  return (
    <ChartFrame
      title={title}
      sub={t('fl.cmp.sub', { a: a.cycle.why.n, b: b.cycle.why.n })}
      why={{ ...b.cycle.why, from: before.from, rule: t('fl.cmp.rule'), n: a.cycle.why.n + b.cycle.why.n }}
      twin={{ head, rows: rows.map((r) => [t(r.name as never), cell(r, r.was), cell(r, r.is), change(r)]) }}
      rows={rows.map((r) => {
        const top = Math.max(r.was ?? 0, r.is ?? 0, 0.01);
        return {
          name: t(r.name as never),
          share: (r.is ?? 0) / top,
          second: (r.was ?? 0) / top,
          tone: 'accent',
          words: t('fl.cmp.words', { is: cell(r, r.is), was: cell(r, r.was) }),
        };
      })}
    >
      <p className="fl-compare-head" aria-hidden="true">
        {head.map((h) => (
          <span key={h}>{h}</span>
        ))}
      </p>
      <ul className="fl-compare">
        {rows.map((r) => {
          const top = Math.max(r.was ?? 0, r.is ?? 0, 0.01);
          return (
            <li key={r.name}>
              <span className="fl-compare-name">{t(r.name as never)}</span>
              {(
                [
                  ['was', r.was],
                  ['is', r.is],
                ] as const
              ).map(([which, n]) => (
                <span key={which} className="fl-compare-n" data-which={which}>
                  <span className="sr">{words(which === 'was' ? before : after)}: </span>
                  <i aria-hidden="true">
                    <i style={{ width: `${((n ?? 0) / top) * 100}%` }} />
                  </i>
                  <b className="num">{cell(r, n)}</b>
                </span>
              ))}
              <span className="fl-compare-d num" data-t={tone(r)}>
                {change(r)}
              </span>
            </li>
          );
        })}
      </ul>
    </ChartFrame>
  );
}
