import { api } from '../../lib/api';
import { serverNow } from '../../lib/server-clock';
import type { Clock, Group, Head, Note, Phase, RetroView, Thumb, Topic } from './types';
import { isRevealed } from './words';

// What one person does in a retro, as plain data: it waits in this browser until the server has it, through a reload too.

export type Act =
  | { do: 'note'; column: string; text: string }
  | { do: 'edit'; id: string; text: string }
  | { do: 'drop'; id: string }
  | { do: 'checkin'; text: string }
  | { do: 'done'; done: boolean }
  | { do: 'group'; noteIds: string[]; into?: string }
  | { do: 'ungroup'; id: string }
  | { do: 'title'; id: string; title: string }
  | { do: 'said'; id: string; text: string }
  | { do: 'vote'; id: string; count: number }
  | { do: 'thumb'; value: Thumb | '' }
  | { do: 'rate'; roti?: number; safety?: number }
  | { do: 'turn'; from: Phase; to: Phase }
  | { do: 'timer'; clock: Clock }
  | { do: 'talk'; topic: Topic };

/** Asks the server for it, under a key that makes it count once. */
export function send(retro: string, act: Act, key: string): Promise<RetroView> {
  const post = (path: string, body?: unknown) => api.post<RetroView>(path, body, { key });
  const of = `/retros/${retro}`;
  switch (act.do) {
    case 'note':
      return post(`${of}/notes`, { column: act.column, text: act.text });
    case 'edit':
      return api.patch<RetroView>(`/retro-notes/${act.id}`, { text: act.text }, { key });
    case 'drop':
      return api.del<RetroView>(`/retro-notes/${act.id}`, { key });
    case 'checkin':
      return post(`${of}/checkin`, { text: act.text });
    case 'done':
      return post(`${of}/done`, { done: act.done });
    case 'group':
      return post(`${of}/groups`, {
        noteIds: act.noteIds,
        ...(act.into ? { intoGroupId: act.into } : {}),
      });
    case 'ungroup':
      return post(`/retro-notes/${act.id}/ungroup`);
    case 'title':
      return api.patch<RetroView>(`/retro-groups/${act.id}`, { title: act.title }, { key });
    case 'said':
      return api.patch<RetroView>(`/retro-groups/${act.id}`, { notesText: act.text }, { key });
    case 'vote':
      return post(`${of}/votes`, { groupId: act.id, count: act.count });
    case 'thumb':
      return post(`${of}/thumb`, { value: act.value });
    case 'rate':
      return post(`${of}/close`, {
        ...(act.roti ? { roti: act.roti } : {}),
        ...(act.safety ? { safety: act.safety } : {}),
      });
    case 'turn': // where somebody else has turned it meanwhile, nothing happens
      return post(`${of}/phase`, { from: act.from, to: act.to });
    case 'timer':
      return post(`${of}/timer`, act.clock);
    case 'talk':
      return post(`${of}/discuss`, act.topic);
  }
}

/** How the retro looks to `me` with it, before the server has answered. */
export function lay(v: RetroView, act: Act, key: string, me: string): RetroView {
  switch (act.do) {
    case 'note': {
      // Its event may come before its answer.
      if (v.notes.some((n) => n.mine && n.column === act.column && n.text === act.text)) return v;
      const note: Note = {
        id: `new-${key}`,
        column: act.column,
        lines: 1,
        text: act.text,
        mine: true,
        unsent: true,
        ...(isRevealed(v.retro) ? { late: true } : {}),
      };
      return { ...v, notes: [...v.notes, note] };
    }
    case 'edit':
      return noted(v, act.id, (n) => ({ ...n, text: act.text, unsent: true }));
    case 'drop':
      return { ...v, notes: v.notes.filter((n) => n.id !== act.id) };
    case 'checkin':
      return { ...v, checkin: { ...v.checkin, mine: act.text } };
    case 'done': {
      const mine = (p: RetroView['people'][number]) => (p.id === me ? { ...p, done: act.done } : p);
      return { ...v, me: { ...v.me, done: act.done }, people: v.people.map(mine) };
    }
    case 'group':
      return grouped(v, act.noteIds, act.into ?? `new-${key}`);
    case 'ungroup':
      return swept(noted(v, act.id, (n) => ({ ...n, groupId: undefined })));
    case 'title':
      return ofGroup(v, act.id, (g) => ({ ...g, title: act.title }));
    case 'said':
      return ofGroup(v, act.id, (g) => ({ ...g, notesText: act.text }));
    case 'vote': {
      const had = v.groups.find((g) => g.id === act.id)?.myVotes ?? 0;
      const left = v.me.votesLeft + had - act.count;
      return {
        ...ofGroup(v, act.id, (g) => ({ ...g, myVotes: act.count })),
        me: { ...v.me, votesLeft: left },
      };
    }
    case 'thumb':
      return v.discussing ? { ...v, discussing: thumbed(v.discussing, act.value) } : v;
    case 'rate':
      return {
        ...v,
        close: {
          ...v.close,
          rotiMine: act.roti ?? v.close.rotiMine,
          safetyMine: act.safety ?? v.close.safetyMine,
        },
      };
    case 'turn':
      return v.retro.phase === act.from ? { ...v, turning: act.to } : v;
    case 'timer':
      return { ...v, retro: { ...v.retro, timer: timed(v.retro.timer, act.clock) } };
    case 'talk':
      return v;
  }
}

/** The timer as the server will have it. */
function timed(t: Head['timer'], c: Clock): Head['timer'] {
  const at = (ms: number) => new Date(ms).toISOString();
  const now = serverNow();
  const left = t.endsAt ? Math.max(0, Date.parse(t.endsAt) - now) : (t.pausedLeft ?? 0) * 1000;
  const add = c.addSeconds ?? 0;
  if (c.pause) return t.endsAt ? { seconds: t.seconds, pausedLeft: Math.ceil(left / 1000) } : t;
  if (c.resume) return t.pausedLeft === undefined ? t : { seconds: t.seconds, endsAt: at(now + left) };
  if (t.pausedLeft !== undefined) return { seconds: t.seconds, pausedLeft: Math.max(0, t.pausedLeft + add) };
  return { seconds: t.endsAt ? t.seconds : add, endsAt: at(now + Math.max(0, left + add * 1000)) };
}

function thumbed(d: NonNullable<RetroView['discussing']>, value: Thumb | '') {
  const count = (mine: Thumb, n: number) => n - Number(d.thumbs.mine === mine) + Number(value === mine);
  return {
    ...d,
    thumbs: {
      ...d.thumbs,
      mine: value || undefined,
      continue: count('continue', d.thumbs.continue),
      moveOn: count('move_on', d.thumbs.moveOn),
    },
  };
}

const noted = (v: RetroView, id: string, change: (n: Note) => Note): RetroView => ({
  ...v,
  notes: v.notes.map((n) => (n.id === id ? change(n) : n)),
});
const ofGroup = (v: RetroView, id: string, change: (g: Group) => Group): RetroView => ({
  ...v,
  groups: v.groups.map((g) => (g.id === id ? change(g) : g)),
});

/** Groups tell what notes say of them; those without notes are gone. */
function swept(v: RetroView): RetroView {
  const held = new Map<string, string[]>();
  for (const n of v.notes) if (n.groupId) held.set(n.groupId, [...(held.get(n.groupId) ?? []), n.id]);
  return {
    ...v,
    groups: v.groups.flatMap((g) => {
      const noteIds = held.get(g.id);
      return noteIds ? [{ ...g, noteIds }] : [];
    }),
  };
}

function grouped(v: RetroView, noteIds: string[], into: string): RetroView {
  const first = v.notes.find((n) => n.id === noteIds[0]);
  if (!first) return v;
  const there = v.groups.some((g) => g.id === into);
  const made: Group = {
    id: into,
    column: first.column,
    title: (first.text ?? '').slice(0, 60),
    noteIds: [],
    myVotes: 0,
    state: 'open',
  };
  return swept({
    ...v,
    groups: there ? v.groups : [...v.groups, made],
    notes: v.notes.map((n) => (noteIds.includes(n.id) ? { ...n, groupId: into } : n)),
  });
}
