import { describe, expect, it } from 'vitest';
import type { Item } from '../types';
import { stagesOf } from './stages';

type Proof = Item['proof'];
const number = (value: string, unit: string, label?: string) =>
  ({ type: 'number', value, unit, label }) as Proof[number];
const of = (text: string, proof: Proof = []) =>
  stagesOf({ text, proof }).map((s) => [
    s.name,
    Number.isNaN(s.share) ? '?' : s.share,
    s.holdHours,
    s.goesOnWhen,
  ]);

describe('stages that an answer tells', () => {
  it('reads what the plan itself wrote there', () => {
    expect(
      of(
        '1. Ourselves, 0 %, held for 24 h, goes on when: Ten gift cards arrive\n2. One in ten, 10 %, held for 3 d\n3. Everybody, 100 %',
        [number('0', '%', 'Ourselves'), number('10', '%', 'One in ten'), number('100', '%', 'Everybody')],
      ),
    ).toEqual([
      ['Ourselves', 0, 24, 'Ten gift cards arrive'],
      ['One in ten', 10, 72, ''],
      ['Everybody', 100, 0, ''],
    ]);
  });
  it('parts a sentence, and says of each what it says of all', () => {
    expect(
      of('Ourselves, 1 percent, 10 percent, everybody; a day each while 99.5 percent finish', [
        number('99.5', '%'),
      ]),
    ).toEqual([
      ['Ourselves', 0, 24, '99.5 percent finish'],
      ['1 percent', 1, 24, '99.5 percent finish'],
      ['10 percent', 10, 24, '99.5 percent finish'],
      ['Everybody', 100, 24, ''],
    ]);
  });
  it('leaves open what it does not say', () => {
    expect(of('Inside, one country, everybody', [number('99', '%')])).toEqual([
      ['Inside', 0, 24, '99 %'],
      ['One country', '?', 24, '99 %'],
      ['Everybody', 100, 0, ''],
    ]);
  });
  it('follows arrows and lists', () => {
    expect(of('internal → 1% → 10% → all')).toEqual([
      ['Internal', 0, 24, ''],
      ['1%', 1, 24, ''],
      ['10%', 10, 24, ''],
      ['All', 100, 0, ''],
    ]);
    expect(of('- Staff for 2 days\n- Beta group (5 %), a week, when nobody calls\n- All')).toEqual([
      ['Staff', 0, 48, ''],
      ['Beta group', 5, 168, 'nobody calls'],
      ['All', 100, 0, ''],
    ]);
  });
  it('makes nothing of nothing, and never more than a plan holds', () => {
    expect(of('')).toEqual([]);
    expect(of(Array.from({ length: 30 }, (_, i) => `Step ${i}`).join('\n'))).toHaveLength(12);
  });
});
