import type { OwnKeys } from '../../api/types';
import { api } from '../api';
import { toastError } from '../notify';
import { currentSession, refreshMe } from '../session';

/** Changes this person's keys. Works at once; what the server refuses is taken back. */
export async function chooseKeys(change: Partial<OwnKeys>): Promise<void> {
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
