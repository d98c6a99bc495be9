import { useEffect } from 'react';
import { useSession } from '../session';
import { useStored } from '../stored';
import { setSingleKeys } from './keys';

/** Whether single-letter keys work, kept per person in this browser (WCAG 2.1.4). */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const s = useSession();
  const who = s.state === 'in' ? s.me.person.id : 'nobody';
  const [value, set] = useStored<'on' | 'off'>(`keys.single.${who}`, 'on');
  const on = value === 'on';
  useEffect(() => setSingleKeys(on), [on]);
  return [on, (next) => set(next ? 'on' : 'off')];
}
