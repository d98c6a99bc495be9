import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Head = Schemas['RetroHead'];
export type Phase = Head['phase'];
/** In their order. */
export const PHASES = [
  'open',
  'review_actions',
  'checkin',
  'write',
  'reveal',
  'group',
  'vote',
  'discuss',
  'commit',
  'close',
  'published',
] as const satisfies readonly Phase[];

export type Column = Schemas['RetroColumn'];
export type Group = Schemas['RetroGroupView'];
export type Action = Schemas['RetroActionView'];
export type Carried = Schemas['RetroCarriedView'];
export type Facts = Schemas['RetroFacts'];
export type Thumb = NonNullable<Schemas['RetroThumbs']['mine']>;
/** A note, which may be written here and not yet with the server. */
export type Note = Schemas['RetroNoteView'] & { unsent?: boolean };
export type Clock = Schemas['RetroClock'];
export type Topic = Schemas['RetroTopic'];
/** A retro as one person sees it, with what is on its way laid over it; `turning`: the page that is being turned to. */
export type RetroView = Omit<Schemas['RetroView'], 'notes' | 'now'> & { notes: Note[]; turning?: Phase };
/** A retro in the list. */
export type RetroItem = Schemas['RetroItem'];
export type Template = Schemas['RetroTemplate'];
export type OwnTemplates = Schemas['RetroOwnTemplates'];
