import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { announce, announceRemote } from '../lib/announce';
import { writeStored } from '../lib/stored';
import { Announcer } from './Announcer';

const said = () => screen.getByRole('status').textContent?.trim();

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-11-19T09:00:00Z') }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  writeStored('announce', null);
});

it('says own actions at once and the same words twice', () => {
  render(<Announcer />);
  act(() => announce('PAY-1 moved to Build'));
  expect(said()).toBe('PAY-1 moved to Build');
  const before = screen.getByRole('status').textContent;
  act(() => announce('PAY-1 moved to Build'));
  expect(screen.getByRole('status').textContent).not.toBe(before);
});

it('merges what others do into one summary each five seconds', () => {
  render(<Announcer />);
  act(() => {
    announceRemote('Bo moved a card');
    vi.advanceTimersByTime(0);
  });
  expect(said()).toBe('Bo moved a card');
  act(() => {
    announceRemote('Ana moved 2 cards');
    announceRemote('Dara blocked a card');
    vi.advanceTimersByTime(4_900);
  });
  expect(said()).toBe('Bo moved a card');
  act(() => {
    vi.advanceTimersByTime(100);
  });
  expect(said()).toBe('Ana moved 2 cards. Dara blocked a card');
});

it('is quiet about others when asked to be, and never about oneself', () => {
  writeStored('announce', 'me');
  render(<Announcer />);
  act(() => {
    announceRemote('Bo moved a card');
    vi.advanceTimersByTime(6_000);
  });
  expect(said()).toBe('');
  act(() => {
    announceRemote('Bo moved your card', true);
    vi.advanceTimersByTime(6_000);
  });
  expect(said()).toBe('Bo moved your card');
  act(() => writeStored('announce', 'off'));
  act(() => {
    announceRemote('Bo moved your card back', true);
    vi.advanceTimersByTime(6_000);
  });
  expect(said()).toBe('Bo moved your card');
  act(() => announce('Saved'));
  expect(said()).toBe('Saved');
});
