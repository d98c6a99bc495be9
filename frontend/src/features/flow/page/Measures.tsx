import type { ReactNode } from 'react';
import { AgeSpark, CycleSpark, WeekSpark, WipSpark } from '../charts/Sparks';
import { WhyButton } from '../charts/WhyButton';
import { t } from '../messages';
import type { AgingCard, Overview, Why } from '../types';
import { useFlow } from './context';

interface OneProps {
  name: string;
  value: string;
  words: string;
  foot: string;
  why: Why;
  measure: string;
  /** The cards that it counts. */
  ask: Record<string, string | undefined>;
  n: number;
  children: ReactNode;
}

function One({ name, value, words, foot, why, measure, ask, n, children }: OneProps) {
  const { csv, open } = useFlow();
  return (
    <li className="panel">
      <h2 className="h2">
        {name}
        <WhyButton
          why={why}
          what={`${name}: ${value}`}
          onOpen={open}
          onShow={
            n > 0 ? { words: t('fl.why.cards', { n }), run: () => open({ title: name, ask }) } : undefined
          }
          csv={csv(measure)}
        />
      </h2>
      <p>
        <b>{value}</b>
        <span>{words}</span>
      </p>
      {children}
      <small>{foot}</small>
    </li>
  );
}

/** The four measures of the Kanban Guide, all of one window. */
export function Measures({ v, cards }: { v: Overview; cards: readonly AgingCard[] }) {
  const { wip, throughput: through, age, cycleTime: cycle, why } = v;
  const of = (rule: string, n: number): Why => ({ ...why, rule, n, left: [] });
  const finished = { of: 'finished' };
  return (
    <ul className="fl-four">
      <One
        name={t('fl.wip')}
        value={String(wip.now)}
        words={[
          wip.limit ? t('fl.wip.of', { n: wip.limit }) : t('fl.wip.noLimit'),
          wip.expedite ? t('fl.wip.expedite', { n: wip.expedite }) : '',
        ]
          .filter(Boolean)
          .join(', ')}
        foot={t('fl.wip.foot')}
        why={of(t('fl.rule.wip'), wip.now)}
        measure="wip"
        ask={{ of: 'wip' }}
        n={wip.now}
      >
        <WipSpark wip={wip} />
      </One>
      <One
        name={t('fl.through')}
        value={through.n ? String(through.last) : t('fl.unknown')}
        words={
          through.n
            ? t('fl.through.week', { least: through.least, most: through.most })
            : t('fl.through.none')
        }
        foot={t('fl.through.foot', { n: through.n })}
        why={of(
          t('fl.rule.through'),
          through.weeks.reduce((a, b) => a + b, 0),
        )}
        measure="throughput"
        ask={finished}
        n={cycle.n}
      >
        <WeekSpark weeks={through.weeks} />
      </One>
      <One
        name={t('fl.age')}
        value={t('fl.age.days', { n: age.total })}
        words={age.oldest ? t('fl.age.all', { n: age.oldest }) : t('fl.age.none')}
        foot={t('fl.age.foot')}
        why={of(t('fl.rule.age'), age.ages.length)}
        measure="aging"
        ask={{ of: 'wip' }}
        n={age.ages.length}
      >
        <AgeSpark cards={cards} sle={age.sleDays} />
      </One>
      <One
        name={t('fl.cycle')}
        value={cycle.days ? t('fl.age.days', { n: cycle.days }) : t('fl.unknown')}
        words={t(cycle.days ? 'fl.cycle.n' : 'fl.cycle.few', { p: cycle.percent, n: cycle.n })}
        foot={
          cycle.sleDays && cycle.rate
            ? t('fl.cycle.sleFoot', { n: cycle.sleDays, rate: cycle.rate })
            : t('fl.cycle.foot')
        }
        why={why}
        measure="cycle-time"
        ask={finished}
        n={cycle.n}
      >
        <CycleSpark cycle={cycle} />
      </One>
    </ul>
  );
}
