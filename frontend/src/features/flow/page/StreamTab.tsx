import { Flag } from 'lucide-react';
import { useMemo } from 'react';
import type { Discipline } from '../../../api/types';
import { shortDay } from '../../../lib/time';
import { disciplineName } from '../../../ui/messages';
import { efficiencyDrawing } from '../charts/bars';
import { ChartFrame } from '../charts/ChartFrame';
import { t } from '../messages';
import type { Efficiency, Stream } from '../types';
import { duration, percent } from '../words';
import { useFlow } from './context';
import { Part } from './Part';
import { Steps } from './Steps';
import { useMeasure } from './use-measure';

/** Where time goes from column to column, which of them holds the others up, and how much of it was work. */
export function StreamTab() {
  return (
    <>
      <Part query={useMeasure<Stream>('value-stream')} height={300}>
        {(v) => (
          <>
            <StreamChart v={v} />
            <Steps v={v} />
          </>
        )}
      </Part>
      <Part query={useMeasure<Efficiency>('efficiency')} height={360}>
        {(v) => <EfficiencyCharts v={v} />}
      </Part>
    </>
  );
}

function StreamChart({ v }: { v: Stream }) {
  const { open } = useFlow();
  const longest = Math.max(1, ...v.steps.map((s) => s.leadMs));
  const facts: [string, string][] = [
    [t('fl.col.lead'), duration(v.leadMs)],
    [t('fl.col.process'), duration(v.processMs)],
    [t('fl.vs.activity'), percent(v.activityPercent)],
    [t('fl.vs.rolled'), percent(v.rolledPercent)],
  ];
  return (
    <ChartFrame
      title={v.title}
      sub={t('fl.vs.sub')}
      legend={
        <>
          <span>
            <i className="fl-swatch" data-t="accent" /> {t('fl.vs.processWord')}
          </span>
          <span>
            <i className="fl-swatch" data-t="bar" /> {t('fl.vs.wait')}
          </span>
        </>
      }
      why={v.why}
      twin={{
        head: ['column', 'n', 'lead', 'process', 'accurate', 'backCount'].map((x) =>
          t(`fl.col.${x}` as never),
        ),
        rows: v.steps.map((s) => [
          s.name,
          s.n,
          duration(s.leadMs),
          duration(s.processMs),
          s.accuratePercent === undefined ? '' : percent(s.accuratePercent),
          s.back,
        ]),
      }}
      measure="value-stream"
      rows={v.steps.map((s) => ({
        name: s.name,
        share: s.leadMs / longest,
        second: s.processMs / longest,
        tone: s.name === v.constraint ? 'warn' : 'accent',
        words: `${duration(s.leadMs)}, ${t('fl.vs.of', { process: duration(s.processMs) })}`,
      }))}
    >
      <ol className="fl-stream">
        {v.steps.map((s) => {
          const held = s.name === v.constraint;
          const part = s.leadMs ? s.processMs / s.leadMs : 0;
          return (
            <li key={s.id} data-constraint={held || undefined}>
              <button
                type="button"
                onClick={() =>
                  open({ title: t('fl.vs.here', { column: s.name }), ask: { of: 'here', column: s.id } })
                }
              >
                {held && (
                  <span className="fl-stream-flag">
                    <Flag size={12} aria-hidden /> {t('fl.vs.constraint')}
                  </span>
                )}
                <b>{s.name}</b>
                <small>{t(`fl.vs.kind.${s.kind}` as never)}</small>
                <span className="fl-stream-bar" aria-hidden="true">
                  <i style={{ width: `${(s.leadMs / longest) * 100}%` }}>
                    <i style={{ width: `${part * 100}%` }} />
                  </i>
                </span>
                <span className="fl-stream-lead num">{duration(s.leadMs)}</span>
                <small className="num">{t('fl.vs.of', { process: duration(s.processMs) })}</small>
                <small
                  className="num"
                  data-low={(s.accuratePercent !== undefined && s.accuratePercent < 85) || undefined}
                >
                  {s.accuratePercent === undefined
                    ? t('fl.vs.noCa')
                    : t('fl.vs.ca', { p: percent(s.accuratePercent) })}
                </small>
              </button>
            </li>
          );
        })}
      </ol>
      <dl className="fl-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </ChartFrame>
  );
}

function EfficiencyCharts({ v }: { v: Efficiency }) {
  const drawing = useMemo(() => (v.weeks.length ? efficiencyDrawing(v) : undefined), [v]);
  const all = v.queues.reduce((n, q) => n + q.totalMs, 0);
  const queues = [...v.queues].sort((a, b) => b.totalMs - a.totalMs);
  const name = (d: string) => (d ? disciplineName(d as Discipline) : t('fl.queue.nobody'));
  return (
    <div className="fl-two">
      <ChartFrame
        title={v.title}
        sub={t('fl.eff.sub')}
        why={v.why}
        drawing={drawing}
        twin={{
          head: [t('fl.col.week'), t('fl.col.percent'), t('fl.col.n')],
          rows: [...v.weeks].reverse().map((w) => [shortDay(w.monday), w.percent, w.n]),
        }}
        measure="efficiency"
      >
        <p className="fl-empty">{t('fl.cycle.empty')}</p>
      </ChartFrame>
      <ChartFrame
        title={
          queues[0]
            ? t('fl.queue.title', { who: name(queues[0].discipline), d: duration(queues[0].totalMs) })
            : t('fl.queue.none')
        }
        sub={t('fl.queue.sub')}
        why={{ ...v.why, rule: t('fl.queue.rule') }}
        twin={{
          head: [t('fl.col.disc'), t('fl.col.time'), t('fl.col.cards')],
          rows: queues.map((q) => [name(q.discipline), duration(q.totalMs), q.cards]),
        }}
        measure="efficiency"
        bars={queues.map((q) => ({
          key: q.discipline,
          name: name(q.discipline),
          share: q.totalMs / Math.max(1, queues[0]!.totalMs),
          words: (
            <>
              <b>{duration(q.totalMs)}</b>{' '}
              {t('fl.queue.words', { n: q.cards, p: percent((100 * q.totalMs) / all) })}
            </>
          ),
        }))}
      >
        {queues.length === 0 && <p className="fl-empty">{t('fl.queue.empty')}</p>}
      </ChartFrame>
    </div>
  );
}
