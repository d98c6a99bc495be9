import type { components } from '../../api/schema';

type Schemas = components['schemas'];
export type Head = Schemas['HealthHead'];
export type Check = Schemas['HealthView'];
export type QuestionSet = Schemas['HealthSet'];
export type Question = Schemas['HealthQuestionView'];
export type Result = Schemas['HealthResult'];
type Over = Schemas['HealthPastQuestion'];
/** A question over time; null where it was not asked or too few answered. */
export type PastQuestion = Omit<Over, 'results'> & { results: (Result | null)[] };
export type Past = Omit<Schemas['HealthPast'], 'sets'> & {
  sets: (Omit<Schemas['HealthPastSet'], 'questions'> & { questions: PastQuestion[] })[];
};
export type Score = 1 | 2 | 3;
export type Trend = -1 | 0 | 1;
