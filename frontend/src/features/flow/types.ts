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
export type Mix = S['FlowMix'];
export type MixPart = S['FlowMixPart'];
export type Forecast = S['FlowForecast'];
export type Stream = S['FlowStream'];
export type Diagnostics = S['FlowDiagnostics'];
export type Why = S['FlowWhy'];
export type Change = S['FlowChange'];
export type Cards = S['FlowCards'];
export type Listed = S['FlowListed'];
