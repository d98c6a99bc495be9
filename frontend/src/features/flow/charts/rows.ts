import { isValidElement, type ReactNode } from 'react';
import { grid } from './axes';
import { line, shapes, text } from './furniture';
import type { Drawing } from './model';

// Rows of bars are drawn by the page; in a picture the library draws the same.

export interface Row {
  name: ReactNode;
  /** 0 to 1: how long the bar is. */
  share: number;
  /** A second, thinner one below it. */
  second?: number;
  /** 0 to 1: a line across it, for what was meant. */
  tick?: number;
  /** What is said at its end. */
  words: ReactNode;
  tone?: 'bad' | 'accent' | 'warn';
}

/** The words of what the page draws. */
function plain(node: ReactNode): string {
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (Array.isArray(node)) return node.map(plain).join('');
  if (isValidElement<{ children?: ReactNode }>(node)) return plain(node.props.children);
  return String(node);
}

const [STEP, NAMES, WORDS] = [40, 280, 300];
const cut = (words: string, to: number) => (words.length > to ? `${words.slice(0, to - 1)}…` : words);

export function rowsDrawing(rows: readonly Row[]): Drawing {
  const axis = { type: 'value', min: 0, max: 1, show: false };
  return {
    height: Math.max(2, rows.length) * STEP,
    make: ({ width }) => ({
      marks: [],
      option: (paint) => ({
        grid: grid({ left: 0, right: 0, top: 0, bottom: 0 }),
        xAxis: axis,
        yAxis: axis,
        series: [
          shapes((_, area) =>
            rows.flatMap((r, i) => {
              const y = area.y + i * STEP;
              const [from, room] = [area.x + NAMES, width - NAMES - WORDS];
              const bar = (share: number, top: number, height: number, fill: string) => ({
                type: 'rect',
                shape: {
                  x: from,
                  y: y + top,
                  width: Math.max(share > 0 ? 3 : 0, share * room),
                  height,
                  r: 3,
                },
                style: { fill: paint(fill) },
              });
              const thin = r.second !== undefined;
              return [
                text(
                  cut(plain(r.name).trim(), 38),
                  { x: area.x, y: y + 18 },
                  { fill: paint('ink'), bold: true, size: 14 },
                ),
                bar(r.share, thin ? 6 : 9, thin ? 15 : 18, r.tone ?? 'bar'),
                ...(thin ? [bar(r.second!, 23, 6, 'bar')] : []),
                ...(r.tick === undefined
                  ? []
                  : [
                      line([from + r.tick * room, y + 2], [from + r.tick * room, y + 33], {
                        stroke: paint('ink'),
                        width: 2,
                      }),
                    ]),
                text(
                  cut(plain(r.words), 44),
                  { x: from + room + 16, y: y + 18 },
                  { fill: paint('ink-2'), size: 14 },
                ),
              ];
            }),
          ),
        ],
      }),
    }),
  };
}
