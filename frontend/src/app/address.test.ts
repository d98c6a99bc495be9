import { expect, it } from 'vitest';
import { isReadable } from './address';

it('reads what the server reads', () => {
  const of = (pathname: string, search = '') => isReadable({ pathname, search });
  for (const path of ['/', '/c/PAY-7', '/search/caf%C3%A9', '/b/%20'])
    expect([path, of(path)]).toEqual([path, true]);
  for (const path of ['/checklists/%00', '/%ff', '/c/%C3%28', '/c/%', '/c/x%00y'])
    expect([path, of(path)]).toEqual([path, false]);
  expect(of('/today', '?x=%00')).toBe(false);
  expect(of('/today', '?q=100%25')).toBe(true);
});
