import { dayOfDate } from '../../../lib/time';
import { t } from '../messages';
import type { Change } from '../types';
import { FONT } from './axes';
import type { Paint } from './model';

// What stands on a chart beside its data: lines with their words at the end, and marks where a setting was changed.

type Coord = (at: [number, number]) => [number, number];
export interface Shape {
  type: string;
  shape?: object;
  style?: object;
  z2?: number;
}

/** A series that only draws shapes, placed by the axes. */
export function shapes(
  draw: (coord: Coord, area: { x: number; y: number; width: number; height: number }) => Shape[],
  z = 2,
): object {
  return {
    type: 'custom',
    data: [[0, 0]],
    encode: { x: -1, y: -1 },
    silent: true,
    clip: false,
    z,
    renderItem: (params: { coordSys: never }, api: { coord: Coord }) => ({
      type: 'group',
      children: draw(api.coord, params.coordSys),
    }),
  };
}

export const text = (
  words: string,
  at: { x: number; y: number },
  style: {
    fill: string;
    bold?: boolean;
    align?: 'left' | 'center' | 'right';
    baseline?: 'top' | 'middle' | 'bottom';
    halo?: string;
    size?: number;
  },
): Shape => ({
  type: 'text',
  style: {
    text: words,
    x: at.x,
    y: at.y,
    fill: style.fill,
    font: `${style.bold ? 600 : 450} ${style.size ?? 12}px ${FONT}`,
    textAlign: style.align ?? 'left',
    textVerticalAlign: style.baseline ?? 'middle',
    ...(style.halo ? { stroke: style.halo, lineWidth: 3.5, lineJoin: 'round' } : {}),
  },
  z2: 10,
});

export const line = (
  from: [number, number],
  to: [number, number],
  style: { stroke: string; width?: number; dash?: number[]; opacity?: number },
): Shape => ({
  type: 'line',
  shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
  style: { stroke: style.stroke, lineWidth: style.width ?? 1, lineDash: style.dash, opacity: style.opacity },
});

/** Puts places on a line apart so that words there do not lie on each other; keeps their order. */
export function apart(at: readonly number[], gap: number): number[] {
  const order = at.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  for (let round = 0; round < 8; round++)
    for (let k = 1; k < order.length; k++) {
      const over = gap - (order[k]!.y - order[k - 1]!.y);
      if (over > 0) {
        order[k - 1]!.y -= over / 2;
        order[k]!.y += over / 2;
      }
    }
  const out: number[] = [];
  for (const { y, i } of order) out[i] = y;
  return out;
}

export interface Level {
  at: number;
  words: string;
  dash?: number[];
  bold?: boolean;
  tone?: string;
}

/** Lines across the chart, each with its words at the right end. */
export function levels(paint: Paint, list: readonly Level[], z = 3): object {
  return shapes((coord, area) => {
    const right = area.x + area.width;
    const ys = list.map((l) => coord([0, l.at])[1]);
    const words = apart(ys, 15);
    return list.flatMap((l, i) => [
      line([area.x, ys[i]!], [right, ys[i]!], {
        stroke: paint(l.tone ?? 'ink'),
        width: l.bold ? 1.6 : 1,
        dash: l.dash,
      }),
      text(
        l.words,
        { x: right + 6, y: words[i]! },
        { fill: paint(l.tone ?? 'ink'), bold: l.bold, halo: paint('surface') },
      ),
    ]);
  }, z);
}

const LABELLED = 5;

/** A line on each day on which a limit, a point or an expectation was changed; the last ones say what. */
export function changeMarks(
  paint: Paint,
  changes: readonly Change[],
  { z = 1, top = false }: { z?: number; top?: boolean } = {},
): object {
  const days = [...new Set(changes.map((c) => c.day))];
  return shapes((coord, area) => {
    let free = Number.POSITIVE_INFINITY;
    const bottom = area.y + area.height;
    return days
      .map((day) => ({ x: coord([dayOfDate(day), 0])[0], of: changes.filter((c) => c.day === day) }))
      .reverse()
      .flatMap(({ x, of }, i) => {
        const out = [line([x, area.y], [x, bottom], { stroke: paint('line-2') })];
        const words =
          of.length === 1 ? of[0]!.text : t('fl.change.more', { text: of[0]!.text, n: of.length - 1 });
        const wide = words.length * 6.1 + 10;
        const left = x - wide >= area.x;
        const end = left ? x : x + wide;
        if (i < LABELLED && end <= free && end <= area.x + area.width) {
          out.push(
            text(
              words,
              { x: left ? x - 6 : x + 6, y: top ? area.y + 8 : bottom - 9 },
              { fill: paint('ink-3'), align: left ? 'right' : 'left', halo: paint('surface') },
            ),
          );
          free = left ? x - wide : x;
        }
        return out;
      });
  }, z);
}
