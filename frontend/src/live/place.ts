/** Where a card goes, said by its neighbours: the first anchor that is still in the column counts; none = the end. */
export interface Anchor {
  id: string;
  side: 'after' | 'before';
}

const REACH = 6;

/**
 * The wished neighbour first, then the nearest others on both sides, so that a move still lands in the right
 * place when somebody takes the neighbour away meanwhile. `order` is the column as the person sees it.
 */
export function anchorsFor(
  order: readonly string[],
  self: string,
  to: { afterId?: string; beforeId?: string },
): Anchor[] {
  const rest = order.filter((id) => id !== self);
  const wished: Anchor | undefined = to.afterId
    ? { id: to.afterId, side: 'after' }
    : to.beforeId
      ? { id: to.beforeId, side: 'before' }
      : undefined;
  if (!wished || wished.id === self) return [];
  const at = rest.indexOf(wished.id);
  const out = [wished];
  if (at < 0) return out;
  // The gap sits between rest[gap-1] and rest[gap].
  const gap = wished.side === 'after' ? at + 1 : at;
  for (let step = 0; step < REACH; step++) {
    const prev = rest[gap - 1 - step];
    const next = rest[gap + step];
    const near: Anchor[] = [];
    if (prev && prev !== wished.id) near.push({ id: prev, side: 'after' });
    if (next && next !== wished.id) near.push({ id: next, side: 'before' });
    out.push(...near);
  }
  return out;
}

/** The slot that a card has now, as anchors: for a card held in hand. */
export function anchorsOf(order: readonly string[], id: string): Anchor[] {
  const at = order.indexOf(id);
  const prev = order[at - 1];
  const next = order[at + 1];
  if (at < 0) return [];
  if (prev) return anchorsFor(order, id, { afterId: prev });
  if (next) return anchorsFor(order, id, { beforeId: next });
  return [];
}

/** Puts `id` into `list`, which must not hold it. */
export function insertAt(list: string[], id: string, anchors: readonly Anchor[]): void {
  for (const anchor of anchors) {
    const at = list.indexOf(anchor.id);
    if (at < 0) continue;
    list.splice(anchor.side === 'after' ? at + 1 : at, 0, id);
    return;
  }
  list.push(id);
}

/** The first anchor for which `has` holds, in the words of the wire; {} = the end. */
export function chooseAnchor(
  anchors: readonly Anchor[],
  has: (id: string) => boolean,
): { afterId?: string; beforeId?: string } {
  const hit = anchors.find((a) => has(a.id));
  if (!hit) return {};
  return hit.side === 'after' ? { afterId: hit.id } : { beforeId: hit.id };
}
