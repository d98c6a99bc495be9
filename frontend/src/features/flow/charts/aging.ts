import { t } from '../messages';
import type { Aging, AgingCard } from '../types';
import { percent } from '../words';
import { axisText, FONT, grid, namedAxis, topOf, yAxis } from './axes';
import { apart, line, type Shape, shapes, text } from './furniture';
import { type Drawing, type Mark, type Paint, type Size, shapeOf, tokenOf } from './model';

const LEFT = 30;
const RIGHT = 46;
const NAMED = 6;
const GAP = 3;
const PERCENTS = [50, 70, 85, 95];

interface Placed {
  card: AgingCard;
  x: number;
  dx: number;
  named: boolean;
}

/** Cards of one column and one age stand beside each other; those with their key written have more room. */
function place(v: Aging, size: Size): Placed[] {
  const wide = (size.width - LEFT - RIGHT) / Math.max(1, v.columns.length);
  const named = new Set(
    v.cards
      .filter((c) => c.past >= 85 || c.blocked || (c.sleDays !== undefined && c.days > c.sleDays))
      .slice(0, NAMED)
      .map((c) => c.key),
  );
  if (named.size === 0 && v.cards[0]) named.add(v.cards[0].key);
  const groups = new Map<string, AgingCard[]>();
  for (const c of v.cards) {
    const at = `${c.columnId} ${c.days}`;
    groups.set(at, [...(groups.get(at) ?? []), c]);
  }
  return [...groups.values()].flatMap((group) => {
    const k = v.columns.findIndex((c) => c.id === group[0]!.columnId);
    if (k < 0) return [];
    const room = wide * 0.74;
    const need = (c: AgingCard) => (named.has(c.key) ? 30 + c.key.length * 7.2 : 26);
    const all = group.reduce((n, c) => n + need(c), 0);
    const words = all <= room;
    const step = Math.min(26, room / group.length);
    let dx = 0;
    return group.map((card) => {
      const at = {
        card,
        x: k + Math.min(0.32, 0.2 + 24 / wide),
        dx,
        named: named.has(card.key) && (words || group.length === 1),
      };
      dx += words ? need(card) : step;
      return at;
    });
  });
}

function bands(paint: Paint, v: Aging): object {
  return shapes((coord) => {
    const out: Shape[] = [];
    v.columns.forEach((c, k) => {
      const [x] = coord([k, 0]);
      const width = coord([k + 1, 0])[0] - x - GAP;
      c.bands.forEach((days, i) => {
        const [, top] = coord([0, days]);
        const [, bottom] = coord([0, i ? c.bands[i - 1]! : 0]);
        out.push({
          type: 'rect',
          shape: { x, y: top, width, height: Math.max(0, bottom - top) },
          style: { fill: paint(`band-${i + 1}`) },
        });
      });
      if (c.bands[2]) {
        const [, y] = coord([0, c.bands[2]]);
        out.push(line([x, y], [x + width, y], { stroke: paint('heat-2'), width: 1.5 }));
      }
      const last = k === v.columns.length - 1 && c.bands.length > 0;
      if (last) {
        const ys = apart(
          c.bands.map((d) => coord([0, d])[1] + 1),
          14,
        );
        c.bands.forEach((_, i) => {
          const main = PERCENTS[i] === 85;
          out.push(
            text(
              percent(PERCENTS[i]!),
              { x: x + width + 7, y: ys[i]! },
              { fill: paint(main ? 'heat-2' : 'ink-3'), bold: main },
            ),
          );
        });
      }
    });
    return out;
  }, 1);
}

const dayWords = (n: number) => t('fl.days', { n });

function said(c: AgingCard): string[] {
  return [
    c.title,
    t('fl.aging.at', { days: dayWords(c.days), column: c.column, here: dayWords(c.here) }),
    ...(c.past ? [t('fl.aging.past', { p: c.past })] : []),
    ...(c.blocked ? [t('fl.blocked')] : []),
    ...(c.of >= 3 && c.sleDays
      ? [t('fl.aging.chance', { met: c.met, of: c.of, days: dayWords(c.sleDays) })]
      : []),
  ];
}

/** Every card in progress by its column and age, over the ages at which finished cards left each column. */
export function agingDrawing(v: Aging): Drawing {
  return {
    make: (size) => {
      const most = Math.max(1, ...v.columns.flatMap((c) => c.bands), ...v.cards.map((c) => c.days));
      const top = topOf(most * 1.03);
      const placed = place(v, size);
      const marks = placed
        .map(
          ({ card, x, dx }): Mark => ({
            x,
            y: card.days,
            dx,
            title: card.key,
            lines: said(card),
            behind: { title: card.key, keys: [card.key] },
          }),
        )
        .sort((a, b) => b.y - a.y);
      const point = (p: Placed) => [p.x, p.card.days];
      return {
        marks,
        option: (paint) => ({
          grid: grid({ left: LEFT, right: RIGHT, bottom: 46 }),
          xAxis: namedAxis(
            paint,
            v.columns.map((c) => c.name),
            {
              axisLabel: {
                ...axisText(paint),
                margin: 9,
                customValues: v.columns.map((_, i) => i + 0.5),
                hideOverlap: false,
                interval: 0,
                width: (size.width - LEFT - RIGHT) / Math.max(1, v.columns.length) - 8,
                overflow: 'truncate',
                formatter: (n: number) => {
                  const c = v.columns[Math.floor(n)];
                  return c ? `{b|${c.name}}\n{n|${t('fl.cards', { n: c.cards })}}` : '';
                },
                rich: {
                  b: {
                    color: paint('ink'),
                    fontWeight: 600,
                    fontSize: 12.5,
                    lineHeight: 17,
                    fontFamily: FONT,
                  },
                  n: { color: paint('ink-3'), fontSize: 12, lineHeight: 16, fontFamily: FONT },
                },
              },
            },
          ),
          yAxis: yAxis(paint, top, { splitLine: { show: false } }),
          series: [
            bands(paint, v),
            {
              type: 'scatter',
              silent: true,
              z: 5,
              data: placed
                .filter((p) => p.card.blocked)
                .map((p) => ({ value: point(p), symbolOffset: [p.dx, 0] })),
              symbol: 'circle',
              symbolSize: 25,
              itemStyle: {
                color: 'transparent',
                borderColor: paint('bad'),
                borderWidth: 1.7,
                borderType: [3, 2.5],
                opacity: 1,
              },
            },
            {
              type: 'scatter',
              silent: true,
              clip: false,
              z: 6,
              data: placed.map((p) => ({
                value: point(p),
                symbol: shapeOf(p.card.discipline),
                symbolOffset: [p.dx, 0],
                symbolSize: 13,
                itemStyle: {
                  color: paint(tokenOf(p.card.discipline)),
                  borderColor: paint('surface'),
                  borderWidth: 0.8,
                  opacity: 1,
                },
                label: {
                  show: p.named,
                  formatter: p.card.key,
                  position: 'right',
                  distance: p.card.blocked ? 9 : 5,
                  color: paint('ink'),
                  fontSize: 12,
                  fontWeight: 600,
                  fontFamily: FONT,
                  textBorderColor: paint('halo'),
                  textBorderWidth: 3,
                },
              })),
            },
          ],
        }),
      };
    },
  };
}
