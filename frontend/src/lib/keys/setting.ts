import { useEffect } from 'react';
import type { OwnKeys } from '../../api/types';
import { useSession } from '../session';
import { setOwnKeys, setSingleKeys } from './keys';

const DEFAULTS: OwnKeys = { singles: true, own: {} };

/** This person's keys, which stand with the account; without one they are the defaults. */
export function useOwnKeys(): OwnKeys {
  const s = useSession();
  const choice = s.state === 'in' ? s.me.keys : DEFAULTS;
  useEffect(() => {
    setSingleKeys(choice.singles);
    setOwnKeys(choice.own);
  }, [choice]);
  return choice;
}
