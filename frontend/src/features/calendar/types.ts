import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type CalendarData = Schemas['CalendarView'];
export type Occurrence = Schemas['CalendarOccurrenceView'];
export type WholeDay = Schemas['CalendarDayView'];
export type Team = Schemas['CalendarTeamView'];
export type TeamAttendance = Schemas['CalendarTeamAttendance'];
export type Agreement = Schemas['CalendarAgreementView'];
export type Tally = Schemas['CalendarDisciplineView'];
export type Feed = Schemas['CalendarFeedView'];
export type Trends = Schemas['CalendarTrends'];
export type TrendWeek = Schemas['CalendarTrendWeek'];
export type Kind = Occurrence['kind'];
export type Came = Tally['discipline'];

/** As the server orders them. */
export const KINDS = [
  'standup',
  'replenishment',
  'demo',
  'retro',
  'flow_review',
] as const satisfies readonly Kind[];
