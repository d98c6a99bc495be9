import { useEffect, useMemo } from 'react';
import { useSession } from '../session';
import { useStored } from '../stored';
import { setOwnKeys, setSingleKeys } from './keys';

const useWho = (): string => {
  const s = useSession();
  return s.state === 'in' ? s.me.person.id : 'nobody';
};

type Own = Readonly<Record<string, string>>;
function read(kept: string): Own {
  try {
    const own: unknown = JSON.parse(kept);
    return own && typeof own === 'object' ? (own as Own) : {};
  } catch {
    return {};
  }
}

/** Single keys that this person has changed, from what they are by default; kept in this browser. */
export function useOwnKeys(): [Own, (own: Own) => void] {
  const [kept, keep] = useStored<string>(`keys.own.${useWho()}`, '{}');
  const own = useMemo(() => read(kept), [kept]);
  useEffect(() => setOwnKeys(own), [own]);
  return [own, (next) => keep(JSON.stringify(next))];
}

/** Whether single-letter keys work, kept per person in this browser (WCAG 2.1.4). */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const [value, set] = useStored<'on' | 'off'>(`keys.single.${useWho()}`, 'on');
  const on = value === 'on';
  useEffect(() => setSingleKeys(on), [on]);
  return [on, (next) => set(next ? 'on' : 'off')];
}
