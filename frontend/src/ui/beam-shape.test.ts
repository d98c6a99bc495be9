import { expect, it } from 'vitest';
import { beamShape } from './beam-shape';

const boxes = (path: string) => path.split('M').length - 1;

it('draws one box per card in the colour of its discipline, and the free slots', () => {
  const s = beamShape('dos', 4);
  expect([s.fills.d, s.fills.o, s.fills.s, s.free].map(boxes)).toEqual([1, 1, 1, 1]);
  expect(s.caps).toBe('');
  expect(s.end).toBe(200);
});

it('ends where the limit is; what is beyond hangs over with a cap', () => {
  const s = beamShape('ddddd', 4);
  expect(boxes(s.caps)).toBe(1);
  expect(s.end).toBeCloseTo(157);
  expect(s.free).toBe('');
});

it('shows what a minimum still wants', () => {
  expect(boxes(beamShape('d', undefined, 3).wanted)).toBe(2);
  expect(boxes(beamShape('d', 5, 3).wanted)).toBe(2);
});

it('aggregates above sixteen: never a box per card', () => {
  const s = beamShape('d'.repeat(700) + 'o'.repeat(300));
  expect([s.fills.d, s.fills.o].map(boxes)).toEqual([1, 1]);
  expect(boxes(beamShape('x'.repeat(20), 10).caps)).toBe(1);
});
