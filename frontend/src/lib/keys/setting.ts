import { useEffect } from 'react';
import type { OwnKeys } from '../../api/types';
import { api } from '../api';
import { toastError } from '../notify';
import { currentSession, refreshMe, useSession } from '../session';
import { setOwnKeys, setSingleKeys } from './keys';

const DEFAULTS: OwnKeys = { singles: true, own: {} };

/** This person's keys, which stand with the account; without one they are the defaults. */
function useChoice(): OwnKeys {
  const s = useSession();
  const choice = s.state === 'in' ? s.me.keys : DEFAULTS;
  useEffect(() => {
    setSingleKeys(choice.singles);
    setOwnKeys(choice.own);
  }, [choice]);
  return choice;
}

/** Works at once; what the server refuses is taken back. */
async function choose(change: Partial<OwnKeys>): Promise<void> {
  const show = (keys: OwnKeys) => {
    const s = currentSession();
    if (s.state === 'in') refreshMe({ ...s.me, keys });
  };
  const s = currentSession();
  if (s.state !== 'in') return;
  const before = s.me.keys;
  const next = { ...before, ...change };
  show(next);
  try {
    await api.put('/me/keys', next);
  } catch (error) {
    show(before);
    toastError(error);
  }
}

/** Single keys that this person has changed, from what they are by default. */
export function useOwnKeys(): [OwnKeys['own'], (own: OwnKeys['own']) => void] {
  return [useChoice().own, (own) => void choose({ own })];
}

/** Whether single-letter keys work (WCAG 2.1.4). */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  return [useChoice().singles, (singles) => void choose({ singles })];
}
