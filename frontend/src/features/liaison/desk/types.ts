import type { components } from '../../../api/schema';

type Schemas = components['schemas'];

export type Desk = Schemas['LiaisonDesk'];
export type DeskItem = Desk['waiting']['items'][number];
export type DeskRitual = Desk['rituals'][number];
export type DeskLaunch = Desk['launches']['items'][number];
export type DeskEnding = Desk['ending']['items'][number];

/** An answer as opening it gives it: as much as the desk shows of it. */
export type Answer = Schemas['ChecklistItem'];
