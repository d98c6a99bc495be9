import { dateText, dayOfDate } from '../../../lib/time';
import type { LaunchHead, StageDay } from './types';

/** Days from `from` on, counted since 1970, `n` of them. */
export interface Window {
  from: number;
  n: number;
  today: number;
}

/** A stage on the line, or several whose dots would lie on each other. */
export interface Mark {
  key: string;
  /** From the left end of the line to the middle of its dot, and to that of its last one. */
  x: number;
  to: number;
  stages: StageDay[];
  look: Look;
}

export type Look = 'passed' | 'running' | 'stopped' | 'planned' | 'reckoned' | 'over';

/** How long a stage is held: what is gone of it, and what is still to come. */
export interface Bar {
  key: string;
  x: number;
  width: number;
  look: 'gone' | 'held' | 'reckoned';
}

/** A share in figures under its dot. */
export interface Label {
  key: string;
  x: number;
  text: string;
}

export interface Line {
  marks: Mark[];
  bars: Bar[];
  labels: Label[];
  /** The launch's planned day, where no stage stands on it. */
  planned?: number;
  /** How many stages lie beyond the last day. */
  beyond: number;
}

/** Dots nearer than this become one. */
const NEAR = 12;
/** A figure's width, and what stays free between two labels. */
const FIGURE = 6.4;
const BETWEEN = 5;
/** The room of "+2", the stages beyond the last day. */
const BEYOND = 22;

/** The middle of a day, in pixels. */
export const middle = (w: Window, day: number, px: number): number =>
  Math.round(((day - w.from + 0.5) / w.n) * px * 10) / 10;

const held = (x: number, px: number) => Math.min(px, Math.max(0, x));

/** What of a launch stands where on a line of so many pixels. */
export function lay(h: Pick<LaunchHead, 'line' | 'state' | 'checklist'>, w: Window, px: number): Line {
  const over = h.state === 'done' || h.state === 'rolled_back';
  const day = dayOfDate(h.checklist.launchOn ?? '');
  const at = (d: number) => middle(w, d, px);
  const within = (d: number) => d >= w.from && d < w.from + w.n;
  const line: StageDay[] =
    h.line.length > 0 || h.state !== 'planned'
      ? h.line
      : [
          {
            id: '',
            name: '',
            share: 0,
            state: 'planned',
            on: dateText(day),
            until: dateText(day),
            reckoned: false,
            holdHours: 0,
          },
        ];
  const marks: Mark[] = [];
  const bars: Bar[] = [];
  for (const s of [...line].sort((a, b) => a.on.localeCompare(b.on))) {
    const on = dayOfDate(s.on);
    const until = dayOfDate(s.until);
    const bar = (from: number, to: number, look: Bar['look']) => {
      const x = held(at(from), px);
      const width = held(at(to), px) - x;
      if (width > 0) bars.push({ key: `${s.id}${look}`, x, width, look });
    };
    if (s.at) {
      const now = Math.max(on, Math.min(until, w.today));
      bar(on, now, 'gone');
      bar(now, until, 'held');
    } else bar(on, until, s.reckoned ? 'reckoned' : 'held');
    // what runs stays in sight, however long ago it began
    const before = on < w.from && (s.state === 'running' || s.state === 'stopped') && !over;
    if (!within(on) && !before) continue;
    const x = before ? 0 : at(on);
    const look: Look = over ? 'over' : s.state === 'planned' && s.reckoned ? 'reckoned' : s.state;
    const last = marks.at(-1);
    if (last && x - last.to < NEAR) {
      last.to = x;
      last.stages.push(s);
      last.look = stronger(last.look, look);
    } else marks.push({ key: s.id, x, to: x, stages: [s], look });
  }
  const beyond = line.filter((s) => dayOfDate(s.on) >= w.from + w.n).length;
  const planned = within(day) && !line.some((s) => s.on === h.checklist.launchOn) ? at(day) : undefined;
  return { marks, bars, labels: labels(marks, beyond, px), planned, beyond };
}

const STRENGTH: Look[] = ['reckoned', 'planned', 'passed', 'over', 'running', 'stopped'];
const stronger = (a: Look, b: Look) => (STRENGTH.indexOf(a) > STRENGTH.indexOf(b) ? a : b);

/** The shares under their dots; where two would touch, they become one, "0–1 %". */
function labels(marks: readonly Mark[], beyond: number, px: number): Label[] {
  const end = beyond > 0 ? px - BEYOND : px;
  const out: (Label & { of: Mark[]; half: number })[] = [];
  for (const m of marks) {
    if (!m.stages.some((s) => s.id)) continue; // the day of a launch without stages
    let of = [m];
    for (;;) {
      const shares = of.flatMap((x) => x.stages.map((s) => s.share));
      const [a = 0, b = 0] = [shares[0], shares.at(-1)];
      const text = a === b ? `${b} %` : `${a}–${b} %`;
      const half = (text.length * FIGURE) / 2;
      const middle = ((of[0]?.x ?? 0) + (of.at(-1)?.to ?? 0)) / 2;
      const x = Math.min(end - half, Math.max(half, middle));
      const last = out.at(-1);
      if (last && x - half < last.x + last.half + BETWEEN) {
        of = [...last.of, ...of];
        out.pop();
        continue;
      }
      out.push({ key: of[0]?.key ?? '', x, text, of, half });
      break;
    }
  }
  return out.map(({ key, x, text }) => ({ key, x, text }));
}
