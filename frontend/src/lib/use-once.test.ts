import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useOnce } from './use-once';

test('has one key for the same words until they are answered', async () => {
  const { result, rerender } = renderHook(() => useOnce());
  const keys: string[] = [];
  const lost = (key: string) => {
    keys.push(key);
    return Promise.reject(new Error('the wire was cut'));
  };
  const heard = (key: string) => {
    keys.push(key);
    return Promise.resolve('heard');
  };
  await expect(result.current({ text: 'a' }, lost)).rejects.toThrow('cut');
  rerender();
  expect(await result.current({ text: 'a' }, heard)).toBe('heard');
  await result.current({ text: 'a' }, heard);
  await expect(result.current({ text: 'b' }, lost)).rejects.toThrow('cut');
  await result.current({ text: 'c' }, heard);
  const [first, again, ...others] = keys;
  expect(again).toBe(first);
  expect(new Set([first, ...others]).size).toBe(4);
});
