import { expect, it } from 'vitest';
import {
  askedBefore,
  atStandard,
  changesOf,
  faultOf,
  freeKey,
  merged,
  moved,
  sameDraft,
  withNew,
} from './draft';
import type { Question } from './types';

const q = (key: string, more: Partial<Question> = {}): Question => ({
  key,
  topic: 'functionality',
  question: `${key}?`,
  evidence: ['text'],
  from: 'standard',
  phase: 'design',
  scope: 'feature',
  ...more,
});
const keys = (list: readonly Question[]) => list.map((x) => x.key).join(' ');
const base = [q('F1'), q('F2'), q('F3')];

it('says what a draft changes: new, changed by field, retired, back, and only that the order is another', () => {
  const is = [q('F2', { question: 'Why?', help: 'x' }), q('F1', { retired: true }), q('F3'), q('F4')];
  const c = changesOf(base, is);
  expect(c.items.map((x) => `${x.key} ${x.kind} ${x.fields}`)).toEqual([
    'F2 changed question,help',
    'F1 retired ',
    'F4 added ',
  ]);
  expect(c.moved).toBe(true);
  expect(changesOf(base, base)).toEqual({ items: [], moved: false });
  expect(changesOf([q('F1', { retired: true })], [q('F1')]).items[0]?.kind).toBe('back');
  // what is empty and what is absent are the same
  expect(sameDraft(base, [q('F1', { help: '', people: 0 }), q('F2'), q('F3')])).toBe(true);
});

it('gives keys once, puts a new question last in its topic, and moves one beside another', () => {
  const list = [q('F1'), q('F12', { retired: true }), q('M1', { topic: 'metrics' })];
  expect(freeKey(list, 'functionality')).toBe('F13');
  expect(freeKey(list, 'security')).toBe('X1');
  expect(keys(withNew(list, 'functionality').items)).toBe('F1 F12 F13 M1');
  expect(keys(moved(base, 'F1', 'F3', true))).toBe('F2 F3 F1');
  expect(keys(moved(base, 'F3', 'F1', false))).toBe('F3 F1 F2');
  expect(keys(moved(base, 'F1', 'F9', false))).toBe('F1 F2 F3');
});

it('says which field the server would refuse', () => {
  expect(faultOf(q('F1', { question: ' ' }), base)).toBe('question');
  expect(faultOf(q('F1', { evidence: [] }), base)).toBe('evidence');
  expect(faultOf(q('F1', { when: { item: 'F9', not: 'none' } }), base)).toBe('when');
  expect(faultOf(q('F1', { when: { item: 'F2', not: '' } }), base)).toBe('when');
  expect(faultOf(q('F1', { when: { item: 'F2', not: 'none' } }), base)).toBeUndefined();
});

it('puts two drafts together: each keeps what only it changed', () => {
  const mine = [q('F1', { question: 'Mine' }), q('F2'), q('F3'), q('F4', { question: 'My new one' })];
  const theirs = [q('F3'), q('F1', { help: 'Theirs' }), q('F2', { retired: true })];
  const { items, clashes } = merged(base, mine, theirs);
  expect(clashes).toEqual([]);
  expect(keys(items)).toBe('F3 F4 F1 F2');
  expect(items.find((x) => x.key === 'F1')).toMatchObject({ question: 'Mine', help: 'Theirs' });
  expect(items.find((x) => x.key === 'F2')?.retired).toBe(true);
});

it('puts two drafts together: where both changed the same, mine stands and theirs is told', () => {
  const theirs = [q('F1', { question: 'Theirs' }), q('F2'), q('F3')];
  const { items, clashes } = merged(base, [q('F1', { question: 'Mine' }), q('F2'), q('F3')], theirs);
  expect(items[0]?.question).toBe('Mine');
  expect(clashes).toMatchObject([{ key: 'F1', field: 'question', theirs: { question: 'Theirs' } }]);
  // the same change twice is none
  expect(merged(base, theirs, theirs).clashes).toEqual([]);
});

it('puts two drafts together: two new questions of one key are two, and what one took out stays out', () => {
  const mine = [...base, q('F4', { question: 'Mine' })];
  const theirs = [...base, q('F4', { question: 'Theirs' })];
  const { items } = merged(base, mine, theirs);
  expect(items.map((x) => `${x.key} ${x.question}`)).toContain('F5 Mine');
  expect(items.map((x) => `${x.key} ${x.question}`)).toContain('F4 Theirs');
  expect(keys(merged(base, [q('F1'), q('F3')], base).items)).toBe('F1 F3');
  expect(keys(merged(base, base, [q('F1'), q('F3')]).items)).toBe('F1 F3');
  // what I changed is not lost because somebody took it out
  expect(keys(merged(base, [q('F1'), q('F2', { help: 'x' }), q('F3')], [q('F1'), q('F3')]).items)).toBe(
    'F1 F2 F3',
  );
});

it('keeps where a question comes from through an edit, and through another one’s', () => {
  const from = [q('F1', { proposal: 'ckp_1' }), q('F2'), q('F3')];
  const mine = from.map((x) => (x.key === 'F1' ? { ...x, question: 'Mine' } : x));
  const theirs = from.map((x) => (x.key === 'F1' ? { ...x, help: 'Theirs' } : x));
  expect(merged(from, mine, theirs).items[0]).toMatchObject({
    question: 'Mine',
    help: 'Theirs',
    proposal: 'ckp_1',
  });
  // taken out here, and put into the draft there: it comes with where it is from
  expect(merged(base, [...base], [...base, q('F4', { proposal: 'ckp_2' })]).items[3]?.proposal).toBe('ckp_2');
});

it('offers to depend on what is asked before, topic by topic', () => {
  const topics = [{ key: 'functionality' }, { key: 'metrics' }];
  const m1 = q('M1', { topic: 'metrics' });
  const all = [m1, q('F1'), q('F2', { retired: true }), q('F3'), q('M2', { topic: 'metrics' })];
  expect(keys(askedBefore(m1, all, topics))).toBe('F1 F3');
  expect(keys(askedBefore(q('F1'), all, topics))).toBe('');
  // what it depends on is there, wherever that stands now
  expect(keys(askedBefore(q('F1', { when: { item: 'M2', not: 'none' } }), all, topics))).toBe('M2');
});

it('counts what a standard checklist asks of a feature', () => {
  expect(
    atStandard([
      q('F1', { from: 'light' }),
      q('F2'),
      q('F3', { from: 'critical' }),
      q('F4', { retired: true }),
      q('O4', { scope: 'service' }),
      q('F5', { from: 'optional' }),
    ]),
  ).toBe(2);
});
