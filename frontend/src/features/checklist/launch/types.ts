import type { components } from '../../../api/schema';
import type { Item } from '../types';

// A launch as GET /launches/{checklist} answers it. Days are "2026-11-26", moments are instants.

type Schemas = components['schemas'];

export type LaunchHead = Schemas['LaunchHead'];
export type LaunchState = LaunchHead['state'];
export type StageDay = Schemas['LaunchStageDay'];
export type FreezeRef = Schemas['LaunchFreezeRef'];
export type Plan = Schemas['LaunchPlan'];
export type Stage = Plan['stages'][number];
export type StopRule = Plan['stopRules'][number];
export type Watcher = Plan['watchers'][number];
export type Rollback = Plan['rollback'];
export type Section = keyof Plan;
/** What the checklist asks that the plan says. */
export type Asked = Omit<Schemas['LaunchAsks'], 'item'> & { item: Item };
export type Line = Schemas['LaunchLine'];
export type Launch = Omit<Schemas['LaunchView'], 'asked'> & { asked: Asked[] };
export type Freeze = Schemas['LaunchFreeze'];
