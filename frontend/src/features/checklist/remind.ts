import { useState } from 'react';
import type { components } from '../../api/schema';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { toast, toastError } from '../../lib/notify';
import { t } from './messages';

type Reminded = components['schemas']['ChecklistReminded'];

const names = (people: Reminded['told']) => people.map((p) => p.name).join(', ');

/** Whom a reminder has told, as a sentence. */
export function remindedWords({ told, already, nobody }: Reminded): string {
  return [
    told.length > 0 && t('ck.remind.told', { names: names(told) }),
    already.length > 0 &&
      t(told.length > 0 ? 'ck.remind.before' : 'ck.remind.all', { names: names(already) }),
    nobody > 0 && t('ck.remind.nobody', { n: nobody }),
    told.length + already.length + nobody === 0 && t('ck.remind.you'),
  ]
    .filter(Boolean)
    .join(' ');
}

/** Tells everybody for whom something waits, each once a day. */
export function useRemind(id: string) {
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      const text = remindedWords(await api.post<Reminded>(`/checklists/${id}/remind`, {}));
      announce(text);
      toast({ text });
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };
  return { busy, run };
}
