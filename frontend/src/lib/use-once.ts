import { useRef } from 'react';
import { newId } from './api';

/**
 * Sends the same words with the same Idempotency-Key until they are answered: what arrived although its answer was
 * lost counts once. Said again afterwards they count again.
 */
export function useOnce(): <T>(body: unknown, send: (key: string) => Promise<T>) => Promise<T> {
  const last = useRef({ words: '', key: '' });
  return async (body, send) => {
    const words = JSON.stringify(body);
    if (last.current.words !== words) last.current = { words, key: newId() };
    const answer = await send(last.current.key);
    last.current = { words: '', key: '' };
    return answer;
  };
}
