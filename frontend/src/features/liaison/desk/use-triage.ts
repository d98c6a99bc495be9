import { useState } from 'react';
import { announce } from '../../../lib/announce';
import { ApiError, api } from '../../../lib/api';
import { refresh } from '../../../lib/data';
import { writeDraft } from '../../../lib/drafts';
import { useKeys } from '../../../lib/keys';
import { toast, toastError } from '../../../lib/notify';
import { t } from './messages';
import type { Answer, Desk, DeskItem } from './types';

/** How long an understanding can be taken back from here. */
const UNDO = 30_000;

const idOf = (x: DeskItem): string => `${x.checklistId} ${x.item} ${x.rev}`;
/** Under what name a question is kept until it is sent. */
export const askDraft = (x: DeskItem): string => `desk.${x.checklistId}.${x.item}`;
const pathOf = (x: DeskItem): string => `/checklists/${x.checklistId}/items/${x.item}`;

export interface Triage {
  /** What waits, without what was just settled here. */
  items: DeskItem[];
  /** How many were settled here and are still in what the server answered last. */
  settled: number;
  idOf: (x: DeskItem) => string;
  /** The row that the keyboard is on. */
  at: string | undefined;
  setAt: (id: string | undefined) => void;
  /** The row that is open. */
  open: string | undefined;
  /** What the open rows say, as far as it was read. */
  answers: ReadonlyMap<string, Answer>;
  /** Why the open row was not understood: evidence is missing, and nobody has said why it is enough without. */
  bare: string | undefined;
  toggle: (x: DeskItem) => Promise<void>;
  understand: (x: DeskItem, without?: string) => Promise<void>;
  pushBack: (x: DeskItem, text: string) => Promise<void>;
}

/** Going through what waits: each is opened before it is understood, and what is done can be taken back. */
export function useTriage(desk: Desk, onAsk: (id: string) => void): Triage {
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answer>>(new Map());
  const [at, setAt] = useState<string>();
  const [open, setOpen] = useState<string>();
  const [bare, setBare] = useState<string>();
  const items = desk.waiting.items.filter((x) => !settled.has(idOf(x)));

  const put = (id: string, away: boolean) =>
    setSettled((before) => {
      const next = new Set(before);
      if (away) next.add(id);
      else next.delete(id);
      return next;
    });
  const read = async (x: DeskItem) => {
    const id = idOf(x);
    setOpen(id);
    setBare(undefined);
    setAt(id);
    if (answers.has(id)) return;
    try {
      const { items: changed } = await api.post<{ items: Answer[] }>(`${pathOf(x)}/open`, { rev: x.rev });
      setAnswers((before) => new Map(before).set(id, changed[0]!));
      announce(t('desk.opened', { key: x.item }));
    } catch (error) {
      setOpen(undefined);
      toastError(error);
      void refresh('/desk'); // somebody may have answered it anew
    }
  };
  const toggle = async (x: DeskItem) => {
    if (open === idOf(x)) setOpen(undefined);
    else await read(x);
  };
  /** Does something that takes the row away, and says how it is taken back. */
  const settle = async (x: DeskItem, verb: string, body: object, said: string, back: string) => {
    const id = idOf(x);
    const i = items.indexOf(x);
    put(id, true);
    if (open === id) setOpen(undefined);
    step(items[i + 1] ?? items[i - 1]);
    try {
      await api.post(`${pathOf(x)}/${verb}`, body);
    } catch (error) {
      put(id, false);
      if (error instanceof ApiError && error.code === 'evidence_missing') {
        setOpen(id);
        setAt(id);
        setBare(error.detail);
        return false;
      }
      toastError(error);
      void refresh('/desk');
      return false;
    }
    const undo = async () => {
      try {
        await api.post(`${pathOf(x)}/${back}`, {});
        put(id, false);
        announce(t('desk.taken'));
      } catch (error) {
        toastError(error);
      }
      void refresh('/desk', '/today', '/checklists');
    };
    toast({ text: said, stay: UNDO, action: { label: t('desk.undo'), run: () => void undo() } });
    void refresh('/desk', '/today', '/checklists');
    return true;
  };
  const understand = async (x: DeskItem, without?: string) => {
    if (!answers.has(idOf(x))) return read(x);
    await settle(
      x,
      'understand',
      { rev: x.rev, without },
      t('desk.understood', { question: x.question }),
      'reopen',
    );
  };
  const pushBack = async (x: DeskItem, text: string) => {
    if (await settle(x, 'push-back', { text }, t('desk.pushedBack', { question: x.question }), 'withdraw'))
      writeDraft(askDraft(x), undefined);
  };

  /** Takes the keyboard to a row. */
  const step = (x: DeskItem | undefined) => {
    if (!x) return;
    setAt(idOf(x));
    // after it is drawn: the one before may be on its way out
    requestAnimationFrame(() => document.getElementById(rowId(idOf(x)))?.focus());
  };
  const now = items.find((x) => idOf(x) === at);
  const go = (by: 1 | -1) => {
    const i = now ? items.indexOf(now) : by > 0 ? -1 : items.length;
    step(items[i + by]);
    return items.length > 0;
  };
  useKeys(t('desk.keys'), [
    { keys: ['j'], label: t('desk.key.next'), run: () => go(1) },
    { keys: ['k'], label: t('desk.key.prev'), run: () => go(-1) },
    { keys: 'o', label: t('desk.key.open'), run: () => now && void toggle(now) },
    { keys: 'u', label: t('desk.key.understand'), run: () => now?.may && void understand(now) },
    { keys: 'p', label: t('desk.key.back'), run: () => now?.may && onAsk(idOf(now)) },
  ]);
  return {
    items,
    settled: desk.waiting.items.length - items.length,
    idOf,
    at,
    setAt,
    open,
    answers,
    bare,
    toggle,
    understand,
    pushBack,
  };
}

/** The name of a row's button on the page. */
export const rowId = (id: string): string => `desk-${id.replaceAll(' ', '-')}`;
