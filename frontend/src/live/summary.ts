import type { BoardEvent, Person } from '../api/types';
import { t } from './messages';
import type { RemoteSummary } from './types';

const EVERY = 5_000;
const NAMED = 2;

/** Gathers what others did into one sentence, at most every five seconds: screen readers are not to be flooded. */
export class Summary {
  private readonly byActor = new Map<string, { moved: Set<string>; changed: Set<string> }>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last = 0;
  private readonly people: () => ReadonlyMap<string, Person>;
  private readonly emit: (s: RemoteSummary) => void;

  constructor(people: () => ReadonlyMap<string, Person>, emit: (s: RemoteSummary) => void) {
    this.people = people;
    this.emit = emit;
  }

  add(event: BoardEvent): void {
    const card = event.data.card as { id?: string } | undefined;
    if (!card?.id) return;
    const actor = event.actorId ?? '';
    const seen = this.byActor.get(actor) ?? { moved: new Set(), changed: new Set() };
    this.byActor.set(actor, seen);
    (event.type === 'card.moved' ? seen.moved : seen.changed).add(card.id);
    this.timer ??= setTimeout(() => this.say(), Math.max(500, EVERY - (Date.now() - this.last)));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.byActor.clear();
  }

  private say(): void {
    this.timer = undefined;
    this.last = Date.now();
    const parts: string[] = [];
    const ids = new Set<string>();
    let moved = 0;
    let changed = 0;
    for (const [actor, seen] of this.byActor) {
      for (const id of seen.moved) seen.changed.delete(id);
      const who = this.people().get(actor)?.name ?? t('live.someone');
      moved += seen.moved.size;
      changed += seen.changed.size;
      for (const id of [...seen.moved, ...seen.changed]) ids.add(id);
      if (parts.length >= NAMED) continue;
      const [m, c] = [seen.moved.size, seen.changed.size];
      if (m && c) parts.push(t('live.both', { who, moved: m, changed: c }));
      else parts.push(t(m ? 'live.moved' : 'live.changed', { who, n: m || c }));
    }
    const rest = this.byActor.size - NAMED;
    const text = parts.join(', ') + (rest > 0 ? ` ${t('live.more', { n: rest })}` : '');
    this.byActor.clear();
    this.emit({ text: `${text}.`, moved, changed, cardIds: [...ids] });
  }
}
