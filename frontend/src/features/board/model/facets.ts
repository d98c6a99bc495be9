import type { Face } from '../../../api/types';
import type { BoardSearch } from '../../../lib/search';
import { type FilterContext, optionsOf, testsOf } from './filter';

export type Dimension = 'disc' | 'quick' | 'owner' | 'label' | 'type' | 'class' | 'due';
export type Facets = Record<Dimension, Map<string, number>>;

/**
 * How many cards each choice would show beside what the other fields leave: a card that fails one field only still
 * counts for the choices of that field. One walk over the cards.
 */
export function facetsOf(cards: Iterable<Face>, s: BoardSearch, x: FilterContext): Facets {
  const tests = testsOf(s, x);
  const out = {
    disc: new Map(),
    quick: new Map(),
    owner: new Map(),
    label: new Map(),
    type: new Map(),
    class: new Map(),
    due: new Map(),
  } as Facets;
  const dimensions = Object.keys(out) as Dimension[];
  for (const c of cards) {
    let failed: string | undefined;
    let fails = 0;
    for (const [name, test] of tests) {
      if (test(c)) continue;
      failed = name;
      if (++fails > 1) break;
    }
    if (fails > 1 || failed === 'q') continue;
    for (const d of dimensions) {
      // the quick chips narrow each other, so a card that one of them leaves out is not offered by another
      if (fails === 1 && (d !== failed || d === 'quick')) continue;
      for (const o of optionsOf(d, c, x)) out[d].set(o, (out[d].get(o) ?? 0) + 1);
    }
  }
  return out;
}
