import type { components } from '../../../api/schema';

type Schemas = components['schemas'];
export type Wall = Schemas['FlowWall'];
export type WallBoard = Schemas['FlowWallBoard'];
export type WallColumn = Schemas['FlowWallColumn'];
export type WallBlocked = Schemas['FlowWallBlocked'];
export type Waiting = Schemas['FlowWaiting'];

export const ORDERS = ['needs', 'name', 'oldest'] as const;
export type Order = (typeof ORDERS)[number];

/** The server sends what needs one first; the other two orders are made here. */
export function ordered(boards: readonly WallBoard[], order: Order): WallBoard[] {
  const all = [...boards];
  if (order === 'name')
    all.sort((a, b) => a.teamName.localeCompare(b.teamName) || a.name.localeCompare(b.name));
  if (order === 'oldest') all.sort((a, b) => (b.oldest?.days ?? 0) - (a.oldest?.days ?? 0));
  return all;
}
