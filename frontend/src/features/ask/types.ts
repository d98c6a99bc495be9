import type { components } from '../../api/schema';

type Schemas = components['schemas'];
export type Ask = Schemas['AskView'];
export type NewAsk = Schemas['AskNewAsk'];
export type Outlook = Schemas['AskOutlook'];
