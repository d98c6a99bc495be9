import type { Discipline } from '../../../api/types';
import { DISC_SHAPES, discToken } from '../../../ui/discipline';

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
  /** Of a picture of it; 560 unless said otherwise. */
  height?: number;
  make: (size: Size) => Made;
  /** The pointer is over the mark at its x wherever it is; otherwise it has to be near. */
  across?: boolean;
  /** From left to right there are days, from the first to the last; some can be chosen by drawing over them. */
  days?: readonly [number, number];
}

export const tokenOf = (d: string) => discToken(d as Discipline);
/** As the library wants it; what is round it draws itself. */
export const shapeOf = (d: string): string =>
  tokenOf(d) === 'prd' ? 'circle' : `path://${DISC_SHAPES[tokenOf(d)]}`;
