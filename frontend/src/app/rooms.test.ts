import { beforeEach, expect, it } from 'vitest';
import { barOf, roomOf, visited } from './rooms';

beforeEach(() => localStorage.clear());

it('gives the bar of a phone to the rooms that one goes to', () => {
  expect(barOf('ana')).toEqual(['/today', '/boards', '/standup', '/checklists']);
  visited('ana', '/retro');
  expect(barOf('ana'), 'once is no habit').toEqual(['/today', '/boards', '/standup', '/checklists']);
  visited('ana', '/retro');
  visited('ana', '/standup');
  expect(barOf('ana')).toEqual(['/today', '/boards', '/standup', '/retro']);
  expect(barOf('bo'), 'of whoever else signs in here nothing is known').toContain('/checklists');
  for (let i = 0; i < 9; i++) visited('ana', '/checklists');
  expect(barOf('ana')).toContain('/checklists');
});

it('knows in which room an address is', () => {
  expect(roomOf('/b/brd_1')).toBe('/boards');
  expect(roomOf('/b/brd_1/flow')).toBe('/flow');
  expect(roomOf('/health/x')).toBe('/retro');
  expect(roomOf('/nowhere')).toBeUndefined();
});
