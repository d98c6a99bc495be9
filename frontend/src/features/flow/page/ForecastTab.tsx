import { type ReactNode, useMemo } from 'react';
import { dateText, dateWords, dayOfDate, shortDay } from '../../../lib/time';
import { forecastDrawing } from '../charts/bars';
import { ChartFrame } from '../charts/ChartFrame';
import { WhyButton } from '../charts/WhyButton';
import { t } from '../messages';
import type { Backtest, Forecast, Why } from '../types';
import { percent } from '../words';
import { useFlow } from './context';
import { OwnField } from './OwnField';
import { Part } from './Part';
import { useMeasure } from './use-measure';

const LEAST = 85;
/** So far ahead, and so many cards, may be asked for. */
const [FAR, MOST] = [1000, 5000];

/** How many by a day, and when so many: what past throughput says, at a confidence. */
export function ForecastTab() {
  const { search } = useFlow();
  const query = useMeasure<Forecast>('forecast', { items: search.items, by: search.by });
  return (
    <Part query={query} height={520}>
      {(v) => <Answers v={v} />}
    </Part>
  );
}

function Answers({ v }: { v: Forecast }) {
  const flow = useFlow();
  const drawing = useMemo(() => (v.histogram.length ? forecastDrawing(v) : undefined), [v]);
  const tomorrow = dayOfDate(v.by) - v.days + 1;
  const by = shortDay(v.by);
  const many = v.howMany.find((h) => h.percent === LEAST)?.items ?? 0;
  const twin = {
    head: [t('fl.fc.sure'), t('fl.fc.many.head', { by }), t('fl.fc.when.head', { n: v.items })],
    rows: v.howMany.map((h, i) => [
      percent(h.percent),
      h.items ?? 0,
      v.when[i]?.day ? dateWords(v.when[i].day) : t('fl.fc.never'),
    ]),
  };
  const ask = { items: flow.search.items, by: flow.search.by };
  return (
    <>
      {v.tooFew && <p className="fl-old">{t('fl.fc.few', { n: v.why.n })}</p>}
      <div className="fl-two">
        <Question
          label={t('fl.fc.many')}
          field={
            <OwnField
              label={<span className="h2">{t('fl.fc.many')}</span>}
              type="date"
              value={v.by}
              min={dateText(tomorrow)}
              max={dateText(tomorrow + FAR - 1)}
              wrong={t('fl.fc.wrongDay', { n: FAR })}
              onPick={(by) => flow.set({ by })}
            />
          }
          why={<WhyButton why={v.why} onOpen={flow.open} csv={flow.csv('forecast', ask)} />}
          answers={v.howMany.map((h) => ({ p: h.percent, words: t('fl.fc.atLeast', { n: h.items ?? 0 }) }))}
          foot={
            v.likelihood > 0
              ? t('fl.fc.likely', { n: v.items, by: dateWords(v.by), p: v.likelihood })
              : undefined
          }
        />
        <Question
          label={t('fl.fc.when')}
          field={
            <OwnField
              label={<span className="h2">{t('fl.fc.when')}</span>}
              type="number"
              value={String(v.items)}
              min="1"
              max={String(MOST)}
              wrong={t('fl.fc.wrongNumber', { n: MOST })}
              onPick={(items) => flow.set({ items: Number(items) })}
            />
          }
          why={<WhyButton why={v.why} onOpen={flow.open} csv={flow.csv('forecast', ask)} />}
          answers={v.when.map((w) => ({ p: w.percent, words: w.day ? dateWords(w.day) : t('fl.fc.never') }))}
          foot={v.backtest ? undefined : t('fl.fc.noBack')}
        />
      </div>
      <div className="fl-forecast">
        <ChartFrame
          title={v.histogram.length ? t('fl.fc.title', { n: many, by: dateWords(v.by) }) : v.title}
          sub={t('fl.fc.sub', { n: v.trials, days: v.days })}
          why={v.why}
          drawing={drawing}
          twin={twin}
          measure="forecast"
          more={ask}
        >
          <p className="fl-empty">{t('fl.cycle.empty')}</p>
        </ChartFrame>
        {v.backtest && <Backtested of={v.backtest} why={v.why} />}
      </div>
    </>
  );
}

/** Whether such forecasts came true: what they said on past Mondays, from the record as it stood then. */
function Backtested({ of: b, why }: { of: Backtest; why: Why }) {
  return (
    <ChartFrame
      title={b.say}
      sub={t('fl.fc.back.sub', { weeks: b.weeks })}
      why={{ ...why, rule: t('fl.fc.back.rule', { weeks: b.weeks }), n: b.checks.length, left: [] }}
      twin={{
        head: [
          t('fl.fc.back.on'),
          t('fl.fc.back.until'),
          ...b.said.map((s) => t('fl.fc.back.atLeast', { p: s.percent })),
          t('fl.fc.back.came'),
        ],
        rows: [...b.checks]
          .reverse()
          .map((c) => [shortDay(c.monday), shortDay(c.until), ...c.atLeast, c.came]),
      }}
      bars={b.said.map((s) => ({
        key: String(s.percent),
        name: t('fl.fc.back.said', { p: s.percent }),
        share: s.of ? s.held / s.of : 0,
        tone: s.percent === LEAST ? 'accent' : undefined,
        words: (
          <>
            <b>{percent(s.of ? Math.round((100 * s.held) / s.of) : 0)}</b>{' '}
            {t('fl.fc.back.held', { held: s.held, of: s.of })}
          </>
        ),
      }))}
    />
  );
}

interface QuestionProps {
  label: string;
  field: ReactNode;
  why: ReactNode;
  answers: readonly { p: number; words: string }[];
  foot?: string;
}

function Question({ label, field, why, answers, foot }: QuestionProps) {
  const main = answers.find((a) => a.p === LEAST);
  return (
    <section className="panel fl-ask" aria-label={label}>
      <header>
        {field}
        {why}
      </header>
      {main && (
        <p className="fl-ask-main">
          <b>{main.words}</b> {t('fl.fc.with', { p: LEAST })}
        </p>
      )}
      <ul className="fl-ask-list">
        {answers.map((a) => (
          <li key={a.p} data-main={a.p === LEAST || undefined}>
            <span className="num">{a.p} %</span>
            <i aria-hidden="true">
              <i style={{ width: `${a.p}%` }} />
            </i>
            <span className="num">{a.words}</span>
          </li>
        ))}
      </ul>
      {foot && <p className="small quiet">{foot}</p>}
    </section>
  );
}
