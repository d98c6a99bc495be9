import { describe, expect, it } from 'vitest';
import { anchorAt, neighbour, type Spot, stepTarget, type Table } from './place';

describe('an index among visible cards becomes an anchor', () => {
  const order = ['a', 'h', 'b', 'c', 'z'];
  it('stands under the card above it, whatever is hidden between', () => {
    expect(anchorAt(['a', 'b', 'c'], order, 1, 'm')).toEqual({ afterId: 'a' });
    expect(anchorAt(['a', 'b', 'c'], order, 3, 'm')).toEqual({ afterId: 'c' });
  });
  it('is before the first one at the top', () => {
    expect(anchorAt(['b', 'c'], order, 0, 'm')).toEqual({ beforeId: 'b' });
  });
  it('is the end of the column behind its very last card, and in an empty cell', () => {
    expect(anchorAt(['a', 'z'], order, 2, 'm')).toEqual({});
    expect(anchorAt(['a', 'c'], [...order.slice(0, 4), 'm'], 2, 'm')).toEqual({});
    expect(anchorAt([], order, 0, 'm')).toEqual({});
  });
  it('forgives an index that is out of range', () => {
    expect(anchorAt(['a', 'b'], order, 99, 'm')).toEqual({ afterId: 'b' });
    expect(anchorAt(['a', 'b'], order, -3, 'm')).toEqual({ beforeId: 'a' });
  });
});

const cells: Record<string, string[]> = {
  'ready|top': ['r1', 'r2', 'r3'],
  'ready|low': ['r4'],
  'build|top': [],
  'build|low': ['b1', 'b2'],
  'done|top': ['d1'],
  'build|strip': ['x1'],
};
const table: Table = {
  columnIds: ['ready', 'build', 'done'],
  rowIds: ['top', 'low'],
  cell: (s) => cells[`${s.columnId}|${s.strip ? 'strip' : s.row}`] ?? [],
};
const at = (columnId: string, row = 'top', strip = false): Spot => ({ columnId, row, strip });

describe('a card walks', () => {
  it('up and down in its cell and on into the next row', () => {
    expect(stepTarget(table, at('ready'), 'r2', 'up')).toMatchObject({ index: 0 });
    expect(stepTarget(table, at('ready'), 'r3', 'down')).toMatchObject({ row: 'low', index: 0 });
    expect(stepTarget(table, at('ready', 'low'), 'r4', 'up')).toMatchObject({ row: 'top', index: 3 });
    expect(stepTarget(table, at('ready'), 'r1', 'up')).toBeUndefined();
  });
  it('sideways at its height as far as the column has cards', () => {
    expect(stepTarget(table, at('ready'), 'r3', 'right')).toMatchObject({ columnId: 'build', index: 0 });
    expect(stepTarget(table, at('ready'), 'r1', 'left')).toBeUndefined();
    expect(stepTarget(table, at('ready'), 'r2', 'farRight')).toMatchObject({ columnId: 'done', index: 1 });
  });
  it('to the ends', () => {
    expect(stepTarget(table, at('ready'), 'r2', 'first')).toMatchObject({ index: 0 });
    expect(stepTarget(table, at('ready'), 'r2', 'last')).toMatchObject({ index: 2 });
    expect(stepTarget(table, at('ready'), 'r1', 'first')).toBeUndefined();
  });
  it('stays in the strip when it is in it', () => {
    expect(stepTarget(table, at('build', 'top', true), 'x1', 'down')).toBeUndefined();
    expect(stepTarget(table, at('build', 'top', true), 'x1', 'right')).toMatchObject({
      columnId: 'done',
      strip: true,
    });
  });
});

describe('the focus walks', () => {
  it('over rows and into the strip above them', () => {
    expect(neighbour(table, at('ready'), 'r3', 'down')).toBe('r4');
    expect(neighbour(table, at('build', 'low'), 'b1', 'up')).toBe('x1');
    expect(neighbour(table, at('build', 'top', true), 'x1', 'down')).toBe('b1');
  });
  it('over empty cells, and falls back to another row', () => {
    expect(neighbour(table, at('ready'), 'r2', 'right')).toBe('d1');
    expect(neighbour(table, at('ready', 'low'), 'r4', 'right')).toBe('b1');
    expect(neighbour(table, at('build', 'low'), 'b1', 'right')).toBe('d1');
    expect(neighbour(table, at('done'), 'd1', 'right')).toBeUndefined();
  });
  it('to the ends of a cell', () => {
    expect(neighbour(table, at('ready'), 'r2', 'home')).toBe('r1');
    expect(neighbour(table, at('ready'), 'r2', 'end')).toBe('r3');
  });
});
