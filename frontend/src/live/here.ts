import { useCallback, useEffect, useMemo, useState } from 'react';
import type { At, PresentPerson } from '../api/types';
import { PresenceSender } from './presence';
import { theLive } from './session';

export interface Here {
  people: readonly PresentPerson[];
  /** Says where in it this person is, and whether they type there. */
  at: (where: At) => void;
}

const NOBODY: readonly PresentPerson[] = [];
const FORGOTTEN_MS = 10_000;

/** Who else is at a topic that is no board, and where in it: `cardId` is the key of whatever part it has. */
export function useHere(topic: string | undefined): Here {
  const [people, setPeople] = useState(NOBODY);
  const [sender, setSender] = useState<PresenceSender>();
  useEffect(() => {
    if (!topic) return;
    const { socket } = theLive();
    const made = new PresenceSender((at) => link.presence(at));
    const link = socket.follow(topic, {
      since: () => undefined,
      event: () => {},
      subscribed: () => made.again(),
      presence: setPeople,
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = socket.watch(() => {
      clearTimeout(timer);
      // Faces of people who may have left do not stay for long.
      if (socket.state !== 'up') timer = setTimeout(() => setPeople(NOBODY), FORGOTTEN_MS);
    });
    setSender(made);
    return () => {
      off();
      clearTimeout(timer);
      made.at({});
      made.stop();
      link.off();
      setPeople(NOBODY);
      setSender(undefined);
    };
  }, [topic]);
  const at = useCallback((where: At) => sender?.at(where), [sender]);
  return useMemo(() => ({ people, at }), [people, at]);
}
