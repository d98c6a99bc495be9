import { expect, it } from 'vitest';
import type { Findings } from './probes';
import { verdict } from './verdict';

const good: Findings = {
  health: { reached: true, status: 200, ms: 4, clockAhead: 0 },
  ready: { ok: true },
  signed: { ok: true, status: 200 },
  write: { ok: true },
  socket: { opened: true, answered: true, ms: 3 },
};
const at = { host: 'trestle.example.org' };
const fault = (f: Partial<Findings>, host = at.host) => verdict({ ...good, ...f }, { host }).fault;

it('is content when everything answers', () => {
  expect(verdict(good, at)).toEqual({ fault: 'fine', tone: 'ok' });
});

it('names the first broken link', () => {
  expect(fault({ health: { reached: false }, socket: { opened: false, answered: false } })).toBe(
    'unreachable',
  );
  expect(fault({ ready: { ok: false } })).toBe('notReady');
  expect(fault({ signed: { ok: false, status: 401 } })).toBe('cookie');
  expect(fault({ write: { ok: false, status: 403 }, socket: { opened: false, answered: false } })).toBe(
    'origin',
  );
});

it('tells a proxy that drops the upgrade from a server that does not know this address', () => {
  const closed = { opened: false, answered: false, closeCode: 1006 };
  expect(fault({ socket: closed })).toBe('upgrade');
  expect(fault({ socket: closed }, '192.168.1.20:8080')).toBe('upgradeDirect');
  expect(
    fault({ socket: closed, health: { ...good.health!, proxy: '1.1 nginx' } }, '192.168.1.20:8080'),
  ).toBe('upgrade');
});

it('knows a socket through which nothing comes, and an ended session', () => {
  expect(fault({ socket: { opened: true, answered: false } })).toBe('silent');
  expect(fault({ socket: { opened: true, answered: false, closeCode: 4401 } })).toBe('ended');
});

it('warns of a long way and of a wrong clock', () => {
  expect(fault({ health: { reached: true, ms: 1200 } })).toBe('slow');
  expect(fault({ health: { reached: true, ms: 5, clockAhead: -600 } })).toBe('clock');
});
