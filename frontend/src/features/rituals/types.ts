import type { components } from '../../api/schema';

type S = components['schemas'];

export type RitualView = S['RitualView'];
export type RitualItem = S['RitualItem'];
export type Series = S['RitualSeriesView'];
export type Sitting = S['RitualSittingView'];
export type Schedule = S['RitualSchedule'];
export type Word = S['RitualWord'];
export type Present = S['StandupPresentView'];
export type DemoCard = S['RitualDemoCard'];
export type Candidate = S['RitualCandidate'];
export type Review = S['RitualReviewView'];
export type Last = S['RitualLastView'];
export type Past = S['RitualPastSitting'];

export const KINDS = ['replenishment', 'demo', 'flow_review', 'retro'] as const;
export type Kind = Series['kind'];
