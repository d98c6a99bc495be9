import { useMemo } from 'react';
import type { Discipline } from '../../../api/types';
import { shortDay } from '../../../lib/time';
import { DiscIcon } from '../../../ui/DiscIcon';
import { disciplineName } from '../../../ui/messages';
import { agingDrawing } from '../charts/aging';
import { ChartFrame } from '../charts/ChartFrame';
import { tokenOf } from '../charts/model';
import { cycleDrawing } from '../charts/scatter';
import type { Twin } from '../charts/Table';
import { t } from '../messages';
import type { Aging, CycleTime, Overview } from '../types';
import { Measures } from './Measures';
import { Part } from './Part';
import { Sentences } from './Sentences';
import { useMeasure } from './use-measure';

/** What to know first: three sentences, four measures, what is old, and how long a card takes. */
export function OverviewTab() {
  const overview = useMeasure<Overview>('overview');
  const aging = useMeasure<Aging>('aging');
  const cycle = useMeasure<CycleTime>('cycle-time');
  return (
    <>
      <Part query={overview} height={212}>
        {(v) => (
          <>
            <Sentences list={v.sentences} />
            <Measures v={v} cards={aging.data?.cards ?? []} />
          </>
        )}
      </Part>
      <div className="fl-two">
        <Part query={aging} height={520}>
          {(v) => <AgingChart v={v} />}
        </Part>
        <Part query={cycle} height={520}>
          {(v) => <CycleChart v={v} />}
        </Part>
      </div>
    </>
  );
}

const SHAPES: readonly Discipline[] = ['development', 'operations', 'security', 'other'];

/** The shapes that stand on a chart, with their words. */
function Shapes({ of }: { of: readonly { discipline: string }[] }) {
  const there = new Set(of.map((x) => tokenOf(x.discipline)));
  return SHAPES.filter((d) => there.has(tokenOf(d))).map((d) => (
    <span key={d}>
      <DiscIcon d={d} size={13} decorative /> {disciplineName(d)}
    </span>
  ));
}

function AgingChart({ v }: { v: Aging }) {
  const drawing = useMemo(() => (v.cards.length || !v.tooFew ? agingDrawing(v) : undefined), [v]);
  const twin: Twin = {
    head: [
      'col.key',
      'col.title',
      'col.column',
      'col.age',
      'col.here',
      'col.past',
      'blocked',
      'col.disc',
    ].map((x) => t(`fl.${x}` as never)),
    rows: v.cards.map((c) => [
      { card: c.key },
      c.title,
      c.column,
      c.days,
      c.here,
      c.past || '',
      t(c.blocked ? 'fl.yes' : 'fl.no'),
      disciplineName(c.discipline as Discipline),
    ]),
  };
  return (
    <ChartFrame
      title={v.title}
      sub={t(v.tooFew ? 'fl.aging.subFew' : 'fl.aging.sub')}
      legend={
        v.cards.some((c) => c.blocked) && (
          <span>
            <i className="fl-ring" /> {t('fl.legend.blocked')}
          </span>
        )
      }
      why={v.why}
      drawing={drawing}
      twin={twin}
      measure="aging"
      showWords={t('fl.why.cards', { n: v.cards.length })}
      tall
    >
      <p className="fl-empty">{t('fl.aging.empty')}</p>
    </ChartFrame>
  );
}

export function CycleChart({ v }: { v: CycleTime }) {
  const drawing = useMemo(() => (v.points.length ? cycleDrawing(v) : undefined), [v]);
  const p85 = v.percentiles.find((p) => p.percent === 85);
  const twin: Twin = {
    head: ['key', 'title', 'done', 'days', 'disc'].map((x) => t(`fl.col.${x}` as never)),
    rows: [...v.points]
      .reverse()
      .map((p) => [
        { card: p.key },
        p.title,
        shortDay(p.day),
        p.days,
        disciplineName(p.discipline as Discipline),
      ]),
  };
  return (
    <ChartFrame
      title={v.title}
      sub={t('fl.cycle.sub')}
      legend={<Shapes of={v.points} />}
      why={v.why}
      what={p85 && t('fl.days', { n: p85.days })}
      drawing={drawing}
      twin={twin}
      measure="cycle-time"
      showWords={t('fl.why.cards', { n: v.points.length })}
      tall
    >
      <p className="fl-empty">{t('fl.cycle.empty')}</p>
    </ChartFrame>
  );
}
