import { Link } from '@tanstack/react-router';
import type { Discipline } from '../../../api/types';
import { dateWords } from '../../../lib/time';
import { DiscIcon } from '../../../ui/DiscIcon';
import { ChartFrame } from '../charts/ChartFrame';
import { t } from '../messages';
import type { Blockers, Handoffs, Mix, MixPart } from '../types';
import { duration, kindName, percent, tenth } from '../words';
import { useFlow } from './context';
import { Part } from './Part';
import { Reserves } from './Reserves';
import { useMeasure } from './use-measure';

// What stood in the way, changed hands, and what kinds of work there were.

const HEIGHT = 320;

export function BlockersTab() {
  return (
    <Part query={useMeasure<Blockers>('blockers')} height={HEIGHT}>
      {(v) => (
        <div className="fl-two">
          <ChartFrame
            title={v.title}
            sub={t('fl.block.sub')}
            why={v.why}
            twin={{
              head: ['cat', 'outside', 'count', 'time', 'mean', 'share'].map((x) =>
                t(`fl.col.${x}` as never),
              ),
              rows: v.clusters.map((c) => [
                c.name,
                t(c.external ? 'fl.yes' : 'fl.no'),
                c.count,
                duration(c.totalMs),
                duration(c.meanMs),
                percent(c.percent),
              ]),
            }}
            measure="blockers"
            bars={v.clusters.map((c, i) => ({
              key: `${c.category} ${c.external}`,
              name: (
                <>
                  {c.name} {c.external && <span className="tag">{t('fl.outside')}</span>}
                </>
              ),
              share: c.percent / Math.max(...v.clusters.map((x) => x.percent), 1),
              tone: i === 0 ? 'bad' : undefined,
              words: (
                <>
                  <b>{duration(c.totalMs)}</b> {t('fl.block.times', { n: c.count, mean: duration(c.meanMs) })}
                </>
              ),
              behind: { title: c.name, keys: c.cards },
            }))}
          >
            {v.clusters.length === 0 && <p className="fl-empty">{t('fl.block.empty')}</p>}
          </ChartFrame>
          <Open v={v} />
        </div>
      )}
    </Part>
  );
}

function Open({ v }: { v: Blockers }) {
  return (
    <ChartFrame
      title={
        v.open.length
          ? t('fl.block.open', { n: v.open.length, days: t('fl.days', { n: v.open[0]!.days }) })
          : t('fl.block.none')
      }
      sub={t('fl.block.openSub')}
      twin={{
        head: ['key', 'title', 'cat', 'reason', 'waitsFor', 'outside', 'days'].map((x) =>
          t(`fl.col.${x}` as never),
        ),
        rows: v.open.map((o) => [
          { card: o.key },
          o.title,
          v.clusters.find((c) => c.category === o.category)?.name ?? o.category,
          o.reason,
          o.waitsFor ?? '',
          t(o.external ? 'fl.yes' : 'fl.no'),
          o.days,
        ]),
      }}
      measure="blockers"
    >
      <ul className="fl-open">
        {v.open.map((o) => (
          <li key={`${o.id} ${o.since}`}>
            <DiscIcon d={o.discipline as Discipline} size={15} />
            <span>
              <Link to="/c/$key" params={{ key: o.key }}>
                <span className="mono">{o.key}</span> {o.title}
              </Link>
              <small>
                {[
                  o.reason,
                  o.waitsFor && t('fl.block.waitsFor', { who: o.waitsFor }),
                  o.promisedOn && t('fl.block.promised', { day: dateWords(o.promisedOn) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}{' '}
                {o.external && <span className="tag">{t('fl.outside')}</span>}
              </small>
            </span>
            <b className="num">{t('fl.age.days', { n: o.days })}</b>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}

export function HandoffsTab() {
  return (
    <Part query={useMeasure<Handoffs>('handoffs')} height={HEIGHT}>
      {(v) => {
        const returns = [...v.returns].sort((a, b) => b.n - a.n);
        const back = returns.reduce((n, r) => n + r.n, 0);
        return (
          <div className="fl-two">
            <ChartFrame
              title={v.title}
              sub={t('fl.hand.sub', { n: tenth(v.mean) })}
              why={v.why}
              twin={{
                head: [t('fl.col.hands'), t('fl.col.cards')],
                rows: v.counts.map((n, i) => [i, n]),
              }}
              measure="handoffs"
              bars={
                v.n === 0
                  ? []
                  : v.counts.map((n, i) => ({
                      key: String(i),
                      name: t('fl.hand.count', { n: i }),
                      share: n / Math.max(...v.counts),
                      tone: i === 0 ? 'accent' : undefined,
                      words: (
                        <>
                          <b>{n}</b> {percent((100 * n) / v.n)}
                        </>
                      ),
                    }))
              }
            >
              {v.n === 0 ? (
                <p className="fl-empty">{t('fl.cycle.empty')}</p>
              ) : (
                <>
                  {v.cards.length > 0 && <h3 className="fl-h3">{t('fl.hand.most')}</h3>}
                  <ul className="fl-open">
                    {v.cards.slice(0, 6).map((c) => (
                      <li key={c.id}>
                        <DiscIcon d={c.discipline as Discipline} size={15} />
                        <Link to="/c/$key" params={{ key: c.key }}>
                          <span className="mono">{c.key}</span> {c.title}
                        </Link>
                        <b className="num">{c.handoffs}</b>
                      </li>
                    ))}
                  </ul>
                </>
              )}
            </ChartFrame>
            <ChartFrame
              title={back ? t('fl.back.title', { n: back }) : t('fl.back.none')}
              sub={t('fl.back.sub')}
              why={{ ...v.why, rule: t('fl.back.rule'), n: back }}
              twin={{
                head: [t('fl.col.reason'), t('fl.col.count')],
                rows: returns.map((r) => [t(`fl.back.${r.reason || 'unsaid'}` as never), r.n]),
              }}
              measure="handoffs"
              bars={returns.map((r) => ({
                key: r.reason,
                name: t(`fl.back.${r.reason || 'unsaid'}` as never),
                share: r.n / returns[0]!.n,
                words: <b>{r.n}</b>,
                behind: { title: t(`fl.back.${r.reason || 'unsaid'}` as never), keys: r.cards },
              }))}
            >
              {back === 0 && <p className="fl-empty">{t('fl.back.empty')}</p>}
            </ChartFrame>
          </div>
        );
      }}
    </Part>
  );
}

const ALL = 'expedite,fixed_date,standard,intangible';

export function MixTab() {
  const { search } = useFlow();
  return (
    <Part query={useMeasure<Mix>('mix')} height={HEIGHT}>
      {(v) => {
        const part = (
          title: string,
          by: string,
          parts: readonly MixPart[],
          ask: (p: MixPart) => object | undefined,
        ) => {
          const top = Math.max(1, ...parts.flatMap((p) => [p.finishedPercent, p.wipPercent]));
          return (
            <ChartFrame
              title={title}
              sub={t(`fl.mix.by.${by}` as never)}
              legend={
                <>
                  <span>
                    <i className="fl-swatch" data-t="accent" /> {t('fl.finished')}
                  </span>
                  <span>
                    <i className="fl-swatch" data-t="bar" /> {t('fl.mix.wip')}
                  </span>
                </>
              }
              why={v.why}
              twin={{
                head: [
                  t('fl.col.kind'),
                  t('fl.finished'),
                  t('fl.col.percent'),
                  t('fl.mix.wip'),
                  t('fl.mix.wipPercent'),
                ],
                rows: parts.map((p) => [
                  kindName(p.key),
                  p.finished,
                  p.finishedPercent,
                  p.wipDays,
                  p.wipPercent,
                ]),
              }}
              measure="mix"
              wide
              bars={[...parts]
                .sort((a, b) => b.finished - a.finished)
                .map((p) => ({
                  key: p.key,
                  name: kindName(p.key),
                  share: p.finishedPercent / top,
                  second: p.wipPercent / top,
                  tone: p.key === 'unplanned' ? 'warn' : 'accent',
                  words: (
                    <>
                      <b>{percent(p.finishedPercent)}</b>{' '}
                      {t('fl.mix.words', { n: p.finished, wip: percent(p.wipPercent) })}
                    </>
                  ),
                  behind: ask(p)
                    ? {
                        title: kindName(p.key),
                        ask: { of: 'finished', class: search.class ?? ALL, ...ask(p) },
                      }
                    : undefined,
                }))}
            />
          );
        };
        const first = (parts: readonly MixPart[]) => [...parts].sort((a, b) => b.finished - a.finished)[0];
        const of = (p: MixPart | undefined) =>
          p && v.finished
            ? t('fl.mix.title', { kind: kindName(p.key), p: percent(p.finishedPercent) })
            : t('fl.mix.none');
        return v.finished + v.wipDays === 0 ? (
          <p className="panel fl-empty">{t('fl.cycle.empty')}</p>
        ) : (
          <>
            <Reserves v={v} />
            {part(
              v.finished ? t('fl.mix.unplannedTitle', { p: percent(v.unplannedPercent) }) : t('fl.mix.none'),
              'planned',
              v.planned,
              () => undefined,
            )}
            <div className="fl-two">
              {part(of(first(v.types)), 'type', v.types, (p) => ({ type: p.key }))}
              {part(of(first(v.classes)), 'class', v.classes, (p) => ({ class: p.key }))}
            </div>
          </>
        );
      }}
    </Part>
  );
}
