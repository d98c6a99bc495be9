import type { Discipline } from '../../../api/types';
import { discToken } from '../../../ui/discipline';

// How a chart is described: what the library draws, and the points that one can go to by mouse, touch and keyboard.

/** A colour of the tokens by name: 'ink' is --ink. On the screen a variable, so that dark and paper follow by themselves. */
export type Paint = (token: string) => string;
export interface Size {
  width: number;
  height: number;
}

/** The cards behind a number: by key, or as a question to /flow/cards. */
export interface Behind {
  title: string;
  keys?: readonly string[];
  ask?: Record<string, string | undefined>;
}

/** A place on a chart in its own coordinates, with what is said there. */
export interface Mark {
  x: number;
  y: number;
  /** Pixels beside it. */
  dx?: number;
  title: string;
  lines?: readonly string[];
  behind?: Behind;
}

export interface Made {
  option: (paint: Paint) => object;
  /** In the order in which the keys walk. */
  marks: readonly Mark[];
}

export interface Drawing {
  make: (size: Size) => Made;
  /** The pointer is over the mark at its x wherever it is; otherwise it has to be near. */
  across?: boolean;
  /** From left to right there are days, of which some can be chosen by drawing over them. */
  days?: boolean;
}

export const DAY_MS = 86_400_000;
export const dayText = (n: number): string => new Date(n * DAY_MS).toISOString().slice(0, 10);

/** The shapes of the disciplines, as the icons have them; drawn in a box of 16. */
const SHAPES = {
  dev: 'path://M4 1h8a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3Z',
  ops: 'path://M8 .8 14.4 4.4v7.2L8 15.2 1.6 11.6V4.4Z',
  sec: 'path://M8 .9 14 3v4.6c0 3.6-2.4 6-6 7.5C4.4 13.6 2 11.2 2 7.6V3Z',
  prd: 'circle',
} as const;
export const tokenOf = (d: string) => discToken(d as Discipline);
export const shapeOf = (d: string): string => SHAPES[tokenOf(d)];
