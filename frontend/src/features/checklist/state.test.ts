import { expect, it, vi } from 'vitest';
import { api } from '../../lib/api';
import { excusedWords } from '../../ui/excused';
import { type Act, lay, renewThere } from './acts';
import { together } from './Kept';
import { withScheme } from './proof';
import { NOTHING } from './room';
import {
  counted,
  firstTopic,
  folded,
  inherits,
  isQuiet,
  isShort,
  mayAcceptGap,
  mayDoubt,
  mayUnderstand,
  shapeOf,
  shownIn,
  waitsFor,
  withItems,
} from './state';
import { barPaths } from './TopicBar';
import type { Checklist, Face, Item, ServiceAnswer } from './types';
import { countWords, stateWord, whoExcused } from './words';

const ana: Face = { id: 'ana', name: 'Ana Ruiz', discipline: 'development', hue: 0, active: true };
const goro: Face = { id: 'goro', name: 'Goro Ito', discipline: 'development', hue: 1, active: true };
const bo: Face = { id: 'bo', name: 'Bo Lind', discipline: 'operations', hue: 2, active: true };
const may = { answer: true, understand: true, settle: true, waive: true };

const item = (key: string, more: Partial<Item> = {}): Item => ({
  key,
  topic: 't0',
  from: 'light',
  differs: false,
  question: `Question ${key}`,
  help: '',
  evidence: ['text'],
  must: true,
  phase: 'design',
  scope: 'feature',
  state: 'unanswered',
  blocks: true,
  why: 'to_answer',
  text: '',
  proof: [],
  comments: 0,
  opened: false,
  rev: 0,
  ...more,
});
const signed = (person: Face) => ({ person, at: '2026-11-12T09:00:00Z' });
const answered = (key: string, more: Partial<Item> = {}) =>
  item(key, {
    state: 'answered',
    why: 'to_understand',
    text: 'So.',
    explainedBy: signed(ana),
    rev: 1,
    ...more,
  });
const understood = (key: string) =>
  answered(key, { state: 'understood', why: undefined, blocks: false, understoodBy: signed(bo) });

function checklist(...topics: Item[][]): Checklist {
  return counted({
    id: 'lst_1',
    name: 'One-tap pay',
    team: { id: 'team', key: 'CHK', name: 'Checkout' },
    kind: 'launch',
    level: 'critical',
    phase: 'design',
    blocking: 0,
    counts: { toAnswer: 0, toUnderstand: 0, pushedBack: 0, toConfirm: 0, gapOver: 0, stale: 0 },
    template: { id: 'tpl', name: 'Launch', version: 1, newest: 1 },
    createdAt: '2026-11-02T09:00:00Z',
    version: 1,
    seq: 4,
    services: [],
    topics: topics.map((items, i) => ({
      key: `t${i}`,
      name: `Topic ${i}`,
      sub: '',
      blocking: 0,
      done: 0,
      of: 0,
      items,
    })),
    may,
  });
}
const of = (c: Checklist, key: string) => c.topics.flatMap((x) => x.items).find((i) => i.key === key)!;

it('draws each state in a shape of its own', () => {
  expect(shapeOf(understood('A'))).toBe('understood');
  expect(shapeOf(answered('A'))).toBe('half');
  expect(shapeOf(answered('A', { why: 'to_confirm', confirm: ana }))).toBe('half');
  expect(shapeOf(answered('A', { state: 'questioned', why: 'pushed_back' }))).toBe('back');
  expect(shapeOf(item('A'))).toBe('empty');
  expect(shapeOf(item('A', { must: false, blocks: false, why: undefined }))).toBe('optional');
  expect(shapeOf(item('A', { must: false, blocks: false }))).toBe('optional');
  expect(shapeOf(item('A', { state: 'na', blocks: false, why: undefined }))).toBe('na');
  expect(shapeOf(item('A', { state: 'gap', blocks: false, why: undefined }))).toBe('gap');
  expect(shapeOf(item('A', { state: 'gap', why: 'gap_over' }))).toBe('gap');
  expect(shapeOf(understood('A'))).not.toBe(shapeOf({ ...understood('A'), why: 'stale', blocks: true }));
});

it('lays a stamp over one service or over all that count, and counts when each of them does', () => {
  const service = (id: string, more: Partial<ServiceAnswer> = {}): ServiceAnswer => ({
    service: { id, name: id, teamId: 'team' },
    checklistId: `lst_${id}`,
    state: 'understood',
    why: 'to_confirm',
    text: 'So.',
    proof: [],
    changed: false,
    explainedBy: signed(ana),
    ...more,
  });
  const c = checklist([
    item('O4', {
      scope: 'service',
      why: 'to_answer',
      services: [
        service('api'),
        service('mail'),
        service('vault', { state: 'unanswered', why: 'to_answer' }),
      ],
    }),
  ]);
  const stamped = lay(c, { do: 'still-true', item: 'O4', service: 'mail' }, goro);
  expect(of(stamped, 'O4').services?.map((s) => s.why)).toEqual(['to_confirm', undefined, 'to_answer']);
  expect(of(stamped, 'O4').blocks).toBe(true);
  expect(waitsFor(of(c, 'O4'), ana, may)).toBe(false);
  const two = checklist([item('O4', { services: [service('api'), service('mail', { changed: true })] })]);
  const all = of(lay(two, { do: 'still-true', item: 'O4' }, goro), 'O4');
  expect([all.blocks, all.state, shapeOf(all), all.services?.[1]?.changed]).toEqual([
    false,
    'understood',
    'understood',
    false,
  ]);
});

it('says how it stands from its items, and never a part of a hundred', () => {
  const c = checklist(
    [item('A'), answered('B'), understood('C')],
    [answered('D', { state: 'questioned', why: 'pushed_back' })],
  );
  expect(c.blocking).toBe(3);
  expect(c.topics.map((x) => x.blocking)).toEqual([2, 1]);
  expect(countWords(c.counts)).toBe('1 to answer, 1 to understand, 1 pushed back');
  expect(stateWord(of(c, 'C'))).toBe('understood');
});

it('gives a segment to every question, whatever its state', () => {
  const p = barPaths(['understood', 'half', 'gap', 'back', 'empty', 'na', 'optional', 'understood']);
  expect(p.understood.match(/M/g)).toHaveLength(2);
  expect(p.half2).not.toBe('');
  expect(p.gap.match(/M/g)).toHaveLength(2); // the box and what strikes it through
  expect(barPaths([]).understood).toBe('');
});

it('lets only somebody of another discipline understand', () => {
  const a = answered('A');
  expect(mayUnderstand(a, bo, may)).toBe(true);
  expect(mayUnderstand(a, ana, may)).toBe(false);
  expect(mayUnderstand(a, goro, may)).toBe(false);
  expect(mayUnderstand(a, bo, { ...may, understand: false })).toBe(false);
  expect(mayUnderstand({ ...a, confirm: ana }, bo, may)).toBe(false);
});

it('knows for whom an item waits', () => {
  expect(waitsFor(answered('A'), bo, may)).toBe(true);
  expect(waitsFor(answered('A'), ana, may)).toBe(false);
  expect(waitsFor(answered('A', { state: 'questioned', why: 'pushed_back' }), ana, may)).toBe(true);
  expect(waitsFor(answered('A', { state: 'questioned', why: 'pushed_back' }), bo, may)).toBe(false);
  expect(waitsFor(answered('A', { confirm: ana, why: 'to_confirm' }), ana, may)).toBe(true);
  expect(waitsFor(understood('A'), bo, may)).toBe(false);
  // a gap that is over waits for who accepted it, evidence that ran out for who explained it, where they are asked for
  const gap = { ...signed(bo), until: '2026-11-01', why: 'Later' };
  const over = answered('A', { state: 'gap', why: 'gap_over', gap });
  expect([bo, ana].map((who) => waitsFor(over, who, may))).toEqual([true, false]);
  expect(waitsFor({ ...over, must: false }, bo, may)).toBe(false);
  expect(waitsFor(answered('A', { why: 'stale' }), ana, may)).toBe(true);
  expect(waitsFor(answered('A', { why: 'stale', must: false }), ana, may)).toBe(false);
  // what operations explained is for those whose card it is
  const his = answered('A', { explainedBy: signed(bo) });
  expect([may, { ...may, owns: true }].map((m) => waitsFor(his, goro, m))).toEqual([false, true]);
  expect(mayUnderstand(his, goro, may)).toBe(true);
  // who stands in for a liaison that is away, and not what their own discipline explained
  const stands = { ...NOTHING, closed: false, understand: true, discipline: 'security', standsFor: 'sec' };
  expect(waitsFor(answered('A'), bo, stands)).toBe(true);
  expect(
    waitsFor(answered('A', { explainedBy: signed({ ...ana, discipline: 'operations' }) }), bo, stands),
  ).toBe(false);
  expect(waitsFor(answered('A', { state: 'questioned', why: 'pushed_back' }), ana, NOTHING)).toBe(false);
  expect(shownIn(item('A'), 'blocking', bo, may)).toBe(true);
  expect(shownIn(item('A'), 'mine', bo, may)).toBe(false);
  const c = checklist([understood('A')], [item('B')], [answered('C')]);
  expect(firstTopic(c, bo)).toBe('t2');
  expect(firstTopic(c, ana)).toBe('t1');
});

it('takes what everybody is told, and keeps that I have opened it', () => {
  const c = withItems(checklist([answered('A', { opened: true }), item('B')]), []);
  const { topics: _, services: __, may: ___, ...rest } = c;
  const head = { ...rest, topics: [], blocking: 1, seq: 5 };
  const { opened: _o, ...told } = answered('A', { text: 'So too.' });
  const now = folded(c, { items: [told as Item], head })!;
  expect(of(now, 'A')).toMatchObject({ text: 'So too.', opened: true });
  expect(now.blocking).toBe(1);
  expect(of(folded(c, { items: [{ ...told, rev: 2 } as Item], head })!, 'A').opened).toBe(false);
  expect(folded(c, { items: [], head })).toBeUndefined();
  expect(folded(c, { items: [told as Item], head: { ...head, version: 2 } })).toBeUndefined();
});

it('leaves a service that was put away to be read, and asks nothing of it', () => {
  const gone = { service: { id: 'mail', name: 'mail', teamId: 'team', archived: true }, state: 'answered' };
  const there = { service: { id: 'api', name: 'api', teamId: 'team' }, state: 'understood' };
  const of = (...services: object[]) =>
    item('O4', { scope: 'service', services: services as ServiceAnswer[], why: undefined, blocks: false });
  expect(inherits(of(there, gone))).toBe(true);
  expect(inherits(of(gone))).toBe(false);
  expect(inherits({ ...of(there, gone), differs: true })).toBe(false);
});

it('counts no work in what services have answered and nobody asks for', () => {
  const service = { id: 'mail', name: 'mail', teamId: 'team' };
  const answered = { service, state: 'understood', why: 'to_confirm' };
  const m6 = item('M6', {
    scope: 'service',
    state: 'answered',
    why: 'to_confirm',
    services: [answered as ServiceAnswer],
  });
  expect([shapeOf(m6), stateWord(m6), isQuiet(m6)]).toEqual(['half', 'to confirm', false]);
  const optional = { ...m6, must: false, blocks: false };
  expect([shapeOf(optional), stateWord(optional), isQuiet(optional)]).toEqual(['optional', 'optional', true]);
  expect(waitsFor(optional, ana, { ...may, owns: true })).toBe(false);
  // once somebody has said so it is said
  const said = { ...optional, state: 'understood' as const, why: undefined };
  expect(shapeOf(said)).toBe('understood');
});

it('lays over it what is not sent yet', () => {
  const c = checklist([item('A'), answered('B', { opened: true }), answered('C')]);
  const after = (a: Act, me = bo) => lay(c, a, me);
  const wrote = after({ do: 'answer', item: 'A', text: 'Thus.', evidence: [], base: 0 }, ana);
  expect(of(wrote, 'A')).toMatchObject({
    state: 'answered',
    text: 'Thus.',
    unsent: true,
    why: 'to_understand',
  });
  const typed = after({
    do: 'answer',
    item: 'A',
    text: 'Thus.',
    evidence: [],
    base: 0,
    explainedBy: ana,
    understood: true,
  });
  expect(of(typed, 'A')).toMatchObject({ confirm: ana, why: 'to_confirm', typedBy: bo });
  expect(after({ do: 'understand', item: 'B', rev: 1 }).blocking).toBe(c.blocking - 1);
  expect(of(after({ do: 'push-back', item: 'B', text: 'Which?' }), 'B').asked?.text).toBe('Which?');
  // a topic at once: what was read, and nothing else
  const whole = after({ do: 'topic', topic: 't0' });
  expect([of(whole, 'B').state, of(whole, 'C').state, of(whole, 'A').state]).toEqual([
    'understood',
    'answered',
    'unanswered',
  ]);
});

it('folds away what nobody has to answer', () => {
  expect(isQuiet(item('A'))).toBe(false);
  expect(isQuiet(item('A', { must: false, blocks: false, why: undefined }))).toBe(true);
  expect(isQuiet(item('A', { skipped: true, blocks: false, why: undefined }))).toBe(true);
  expect(isQuiet(item('A', { state: 'na', blocks: false, why: undefined }))).toBe(false);
  expect(isQuiet(item('A', { state: 'na', must: false, blocks: false, why: undefined }))).toBe(true);
});

it('asks to open what is cut, and nothing else', () => {
  expect(isShort(answered('A'))).toBe(true);
  expect(isShort(answered('A', { proof: [{ type: 'number', value: '4' }] }))).toBe(true);
  expect(isShort(answered('A', { proof: [{ type: 'diagram', value: 'flowchart LR' }] }))).toBe(true);
  expect(isShort(answered('A', { proof: Array(4).fill({ type: 'number', value: '4' }) }))).toBe(false);
  expect(isShort(answered('A', { text: 'So. '.repeat(60) }))).toBe(false);
});

it('takes an address as people write it', () => {
  expect(withScheme(' git.example/checkout?a=1 ')).toBe('https://git.example/checkout?a=1');
  expect(withScheme('http://git.example')).toBe('http://git.example');
  for (const no of ['', 'see the wall', 'javascript:alert(1)', 'one.']) expect(withScheme(no)).toBe(no);
});

it('puts two answers together without losing a word or doubling evidence', () => {
  const link = { type: 'link' as const, value: 'https://a.example' };
  const number = { type: 'number' as const, value: '3' };
  const both = together(answered('A', { text: 'Theirs.', proof: [link], rev: 3 }), {
    text: 'Mine.',
    evidence: [link, number],
    base: 2,
    refused: true,
  });
  expect(both).toEqual({ text: 'Theirs.\n\nMine.', evidence: [link, number], base: 3, refused: undefined });
});

it('offers a gap to a lead and to the other side of who explained it, or began the checklist', () => {
  const empty = item('a');
  const explained = answered('b');
  const toConfirm = answered('c', { explainedBy: signed(bo), confirm: bo });
  const offered = (me: Face, more: object) =>
    [empty, explained, toConfirm].map((i) => mayAcceptGap(i, me, { ...may, ...more }));
  expect(offered(ana, { waiveAny: true, waiveOpen: true })).toEqual([true, true, true]);
  // a developer began it
  expect(offered(goro, { discipline: 'development' })).toEqual([false, false, false]);
  expect(offered(bo, { discipline: 'operations', waiveOpen: true })).toEqual([true, true, true]);
  // somebody of operations did; ana's words are a colleague's
  expect(offered(goro, { discipline: 'development', waiveOpen: true })).toEqual([true, false, true]);
  expect(offered(bo, { discipline: 'operations', waive: false, understand: true })).toEqual([
    false,
    false,
    false,
  ]);
});

it('lets the other side push back what is said not to apply: it waits for who said it, and stands again when withdrawn', () => {
  const na = answered('a', {
    state: 'na',
    why: undefined,
    blocks: false,
    na: { ...signed(goro), text: 'No' },
  });
  expect([ana, goro, bo].map((p) => mayDoubt(na, p, may))).toEqual([false, false, true]);
  const before = checklist([na]);
  const after = (act: Act, from = before) => lay(from, act, bo);
  const back = after({ do: 'push-back', item: 'a', text: 'Why not?' });
  const [asked] = back.topics[0]!.items;
  expect([asked?.state, asked?.blocks, asked?.na?.text, back.blocking]).toEqual([
    'questioned',
    true,
    'No',
    1,
  ]);
  // ana explained what stood there before; goro said that it does not apply
  expect([ana, goro, bo].map((p) => waitsFor(asked!, p, may))).toEqual([false, true, false]);
  const [again] = after({ do: 'withdraw', item: 'a' }, back).topics[0]!.items;
  expect([again?.state, again?.blocks]).toEqual(['na', false]);
  const [said] = after({ do: 'answer', item: 'a', text: 'So.', evidence: [], base: 1 }, back).topics[0]!
    .items;
  expect([said?.state, said?.na, said?.asked]).toEqual(['answered', undefined, undefined]);
});

it('says how much counts without having been understood, and by whose word', () => {
  const gaps = [
    { key: 'O5', until: '2026-12-09' },
    { key: 'O6', until: '2026-12-03' },
  ];
  expect(excusedWords({ na: ['F1'] })).toBe('1 does not apply');
  expect(excusedWords({ na: ['F1', 'F3'], gaps: gaps.slice(1) })).toMatch(
    /^2 do not apply, 1 gap accepted until (3 Dec|Dec 3)/,
  );
  expect(excusedWords({ gaps })).toMatch(/^2 gaps accepted, the first until (3 Dec|Dec 3)/);
  const na = (key: string, by: Face) => item(key, { state: 'na', na: { ...signed(by), text: 'No' } });
  const c = checklist([na('F1', goro), na('F3', goro), na('D1', ana)]);
  expect(whoExcused(c, ['F1', 'F3'])).toBe('Goro Ito');
  expect(whoExcused(c, ['F1', 'F3', 'D1'])).toBe('Goro Ito and 1 more');
});

it('renews a service’s answer once, however often it is said before it has arrived', async () => {
  let arrive = () => {};
  const put = vi
    .spyOn(api, 'put')
    .mockImplementation(() => new Promise((done) => (arrive = () => done(undefined as never))));
  const s = { checklistId: 'lst_1', text: 'So.', proof: [], rev: 3 } as unknown as ServiceAnswer;
  const said = [renewThere(s, 'O4'), renewThere(s, 'O4')];
  expect(put).toHaveBeenCalledTimes(1);
  arrive();
  await Promise.all(said);
  void renewThere(s, 'O4');
  expect(put).toHaveBeenCalledTimes(2);
  put.mockRestore();
});
