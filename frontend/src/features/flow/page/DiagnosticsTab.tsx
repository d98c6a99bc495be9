import { Check, X } from 'lucide-react';
import { useMemo } from 'react';
import { dateText, dayOfDate, shortDay } from '../../../lib/time';
import { behaviourDrawing } from '../charts/bars';
import { ChartFrame } from '../charts/ChartFrame';
import { t } from '../messages';
import type { Diagnostics, Why } from '../types';
import { tenth } from '../words';
import { useFlow } from './context';
import { Part } from './Part';
import { useMeasure } from './use-measure';

/** What explains a window and never foretells: Little's law, days over a limit, and how far weeks move by themselves. */
export function DiagnosticsTab() {
  return (
    <Part query={useMeasure<Diagnostics>('diagnostics')} height={520}>
      {(v) => (
        <>
          <div className="fl-two">
            <Little v={v} />
            <Weeks v={v} />
          </div>
          <Overloads v={v} />
          <Quality v={v} />
        </>
      )}
    </Part>
  );
}

function Little({ v }: { v: Diagnostics }) {
  const { little: l } = v;
  const term = (n: number, words: string) => (
    <span>
      <b className="num">{tenth(n)}</b>
      <small>{words}</small>
    </span>
  );
  return (
    <ChartFrame
      title={v.title}
      sub={t('fl.little.sub')}
      why={v.why}
      twin={{
        head: [t('fl.col.what'), t('fl.col.value')],
        rows: [
          [t('fl.little.wip'), tenth(l.wip)],
          [t('fl.little.through'), tenth(l.throughput)],
          [t('fl.little.expected'), tenth(l.expected)],
          [t('fl.little.measured'), tenth(l.cycleTime)],
          ...l.conditions.map((c) => [c.text, t(c.held ? 'fl.little.held' : 'fl.little.not')]),
        ],
      }}
      measure="diagnostics"
    >
      <p className="fl-little">
        {term(l.wip, t('fl.little.wip'))}
        <i>÷</i>
        {term(l.throughput, t('fl.little.through'))}
        <i>=</i>
        {term(l.expected, t('fl.little.expected'))}
        <span data-beside="">
          <b className="num">{tenth(l.cycleTime)}</b>
          <small>{t('fl.little.measured')}</small>
        </span>
      </p>
      <ul className="fl-conditions">
        {l.conditions.map((c) => (
          <li key={c.key} data-held={c.held || undefined}>
            {c.held ? <Check size={15} aria-hidden /> : <X size={15} aria-hidden />}
            <span>
              <span className="sr">{t(c.held ? 'fl.little.held' : 'fl.little.not')}: </span>
              {c.text}
            </span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}

function Weeks({ v }: { v: Diagnostics }) {
  const drawing = useMemo(() => (v.weeks.values.length ? behaviourDrawing(v.weeks) : undefined), [v.weeks]);
  const n = v.weeks.outside.length;
  const why: Why = { ...v.why, rule: t('fl.xmr.rule') };
  return (
    <ChartFrame
      title={
        v.little.n === 0
          ? t('fl.mix.none')
          : v.weeks.values.length < 6
            ? t('fl.xmr.few', { n: v.weeks.values.length })
            : n
              ? t('fl.xmr.title', { n })
              : t('fl.xmr.calm')
      }
      sub={t('fl.xmr.sub')}
      why={why}
      drawing={drawing}
      twin={{
        head: [t('fl.col.week'), t('fl.finished'), t('fl.xmr.smooth'), t('fl.xmr.outHead')],
        rows: v.weeks.labels
          .map((d, i) => [
            shortDay(d),
            v.weeks.values[i]!,
            v.weeks.smooth[i] === undefined ? '' : tenth(v.weeks.smooth[i]),
            t(v.weeks.outside.includes(i) ? 'fl.yes' : 'fl.no'),
          ])
          .reverse(),
      }}
      measure="throughput"
    >
      <p className="fl-empty">{t('fl.xmr.none')}</p>
    </ChartFrame>
  );
}

/** A square for each day of each column: on which it held more than it may. */
function Overloads({ v }: { v: Diagnostics }) {
  const [from, to] = [dayOfDate(v.why.from), dayOfDate(v.why.to)];
  const all = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const worst = [...v.overloads].sort((a, b) => b.days - a.days)[0];
  const sum = v.overloads.reduce((n, o) => n + o.days, 0);
  return (
    <ChartFrame
      title={
        v.overloads.length === 0
          ? t('fl.over.noLimits')
          : sum === 0
            ? t('fl.over.none')
            : t('fl.over.title', { column: worst!.column, n: worst!.days, of: worst!.of })
      }
      sub={t('fl.over.sub')}
      why={{ ...v.why, rule: t('fl.over.rule') }}
      twin={{
        head: ['column', 'over', 'of', 'worst', 'days'].map((x) =>
          t(`fl.col.${x === 'days' ? 'on' : x}` as never),
        ),
        rows: v.overloads.map((o) => [
          o.column,
          o.days,
          o.of,
          o.worst,
          o.on.map((d) => shortDay(d)).join(', '),
        ]),
      }}
      measure="diagnostics"
    >
      <ul className="fl-over">
        {v.overloads.map((o) => {
          const on = new Set(o.on.map(dayOfDate));
          return (
            <li key={o.column}>
              <span>{o.column}</span>
              <span className="fl-over-days" aria-hidden="true">
                {all.map((d) => (
                  <i key={d} data-on={on.has(d) || undefined} title={shortDay(dateText(d))} />
                ))}
              </span>
              <span className="num">
                {o.days ? t('fl.over.days', { n: o.days, worst: o.worst }) : t('fl.over.never')}
              </span>
            </li>
          );
        })}
        {v.overloads.length > 0 && (
          <li className="small quiet" aria-hidden="true">
            <span />
            <span className="fl-over-ends">
              <span>{shortDay(v.why.from)}</span>
              <span>{shortDay(v.why.to)}</span>
            </span>
            <span />
          </li>
        )}
      </ul>
    </ChartFrame>
  );
}

function Quality({ v }: { v: Diagnostics }) {
  const { open } = useFlow();
  if (v.quality.length === 0) return null;
  return (
    <p className="small quiet">
      {t('fl.quality')}{' '}
      {v.quality.map((q, i) => (
        <span key={q.why}>
          {i > 0 && '; '}
          <button
            type="button"
            className="link fl-text"
            onClick={() => open({ title: `${q.n} ${q.why}`, keys: q.keys })}
          >
            {t('fl.cards', { n: q.n })}
          </button>{' '}
          {q.why}
        </span>
      ))}
    </p>
  );
}
