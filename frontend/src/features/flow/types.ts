import type { components } from '../../api/schema';

// What /boards/{board}/flow/* answers. Days are "2026-11-26", columns and cards carry their names.

type S = components['schemas'];
export type Overview = S['FlowOverview'];
export type Sentence = S['FlowSentence'];
export type Aging = S['FlowAging'];
export type AgingCard = S['FlowAgingCard'];
export type CycleTime = S['FlowCycleTime'];
export type CyclePoint = S['FlowCyclePoint'];
export type Daily = S['FlowDaily'];
export type Cfd = S['FlowCumulativeFlow'];
export type Efficiency = S['FlowEfficiency'];
export type Blockers = S['FlowBlockers'];
export type Handoffs = S['FlowHandoffs'];
/** What the board reserved for a kind of work, against what it took. */
export type Reserve = S['FlowReserved'];
export type Mix = S['FlowMix'];
export type MixPart = S['FlowMixPart'];
export type Forecast = S['FlowForecast'];
export type Backtest = S['FlowBacktest'];
/** A dated note at one of the five focusing steps. */
export type Note = S['FlowNote'];
export const STEPS = ['identify', 'exploit', 'subordinate', 'elevate', 'repeat'] as const;
export type Step = (typeof STEPS)[number];
export type Stream = S['FlowStream'];
export type Diagnostics = S['FlowDiagnostics'];
export type Why = S['FlowWhy'];
export type Change = S['FlowChange'];
export type Cards = S['FlowCards'];
export type Listed = S['FlowListed'];
