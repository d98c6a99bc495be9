import type { components } from '../../api/schema';

type Schemas = components['schemas'];
export type Today = Schemas['Today'];
export type Row = Schemas['TodayRow'];
export type Advice = Schemas['TodayAdvice'];
export type BoardLine = Schemas['TodayBoardLine'];
export type Action = Schemas['TodayAction'];
