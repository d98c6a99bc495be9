import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Coverage = Schemas['LiaisonCoverage'];
export type TeamCover = Schemas['LiaisonTeamCover'];
export type PersonCover = Schemas['LiaisonPersonCover'];
export type View = Schemas['LiaisonView'];
export type OfTeam = Schemas['LiaisonOfTeam'];
export type Turn = Schemas['LiaisonTurn'];
export type Shift = Schemas['LiaisonShift'];
export type Flag = Schemas['LiaisonFlag'];
export type Needs = Schemas['LiaisonNeeds'];
export type Rule = Schemas['LiaisonCheck'];
export type Line = Schemas['LiaisonLine'];
export type Recommendation = Schemas['LiaisonRecommendation'];
export type Pattern = TeamCover['pattern'];
export type Seated = View['pattern'];
export type Covering = Coverage['discipline'];
export type By = 'team' | 'person' | 'day';

export interface CoverageSearch {
  by?: By;
  discipline?: Covering;
  team?: string;
}
