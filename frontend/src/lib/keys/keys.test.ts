import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addScope, caps, handleKey, setOwnKeys, setSingleKeys } from './keys';

const takeBack: (() => void)[] = [];
const bind = (keys: string | string[], run: (e: KeyboardEvent) => unknown, more = {}) =>
  takeBack.push(addScope({ name: 'test', bindings: [{ keys, label: 'x', run }], ...more }));
const press = (init: KeyboardEventInit, target: Element = document.body) => {
  const e = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(e);
  return e;
};

beforeEach(() => document.addEventListener('keydown', handleKey));
afterEach(() => {
  document.removeEventListener('keydown', handleKey);
  for (const fn of takeBack.splice(0)) fn();
  document.body.innerHTML = '';
  setSingleKeys(true);
  setOwnKeys({});
});

it('binds letters by place, so that another layout still works', () => {
  const run = vi.fn();
  bind('m', run);
  press({ code: 'KeyM', key: 'ь' });
  expect(run).toHaveBeenCalledTimes(1);
});

it('binds ? and / by the character that the layout produces', () => {
  const help = vi.fn();
  const find = vi.fn();
  bind('?', help);
  bind('/', find);
  press({ code: 'Minus', key: '?', shiftKey: true }); // German layout
  press({ code: 'Digit7', key: '/', shiftKey: true });
  expect(help).toHaveBeenCalledTimes(1);
  expect(find).toHaveBeenCalledTimes(1);
});

it('keeps modifiers apart', () => {
  const plain = vi.fn();
  const undo = vi.fn();
  bind('z', plain);
  bind('Mod+z', undo);
  press({ code: 'KeyZ', key: 'z', ctrlKey: true });
  expect(undo).toHaveBeenCalledTimes(1);
  expect(plain).not.toHaveBeenCalled();
});

it('never fires while someone types, composes, or has a dialog or menu open', () => {
  const run = vi.fn();
  bind('m', run);
  document.body.innerHTML =
    '<input id="i"><input type="checkbox" id="c"><div role="menu"><button id="b"></button></div>';
  press({ code: 'KeyM', key: 'm' }, document.getElementById('i')!);
  press({ code: 'KeyM', key: 'm' }, document.getElementById('b')!);
  press({ code: 'KeyM', key: 'm', isComposing: true });
  expect(run).not.toHaveBeenCalled();
  press({ code: 'KeyM', key: 'm' }, document.getElementById('c')!);
  expect(run).toHaveBeenCalledTimes(1);
  document.body.innerHTML = '<div role="dialog" aria-modal="true"></div>';
  press({ code: 'KeyM', key: 'm' });
  expect(run).toHaveBeenCalledTimes(1);
});

it('lets a dialog have keys of its own', () => {
  const run = vi.fn();
  document.body.innerHTML = '<div role="dialog" aria-modal="true"></div>';
  bind(']', run, { inDialog: true });
  press({ code: 'BracketRight', key: ']' });
  expect(run).toHaveBeenCalledTimes(1);
});

it('understands one key after the other', () => {
  const boards = vi.fn();
  const block = vi.fn();
  bind('g b', boards);
  bind('b', block);
  press({ code: 'KeyG', key: 'g' });
  press({ code: 'KeyB', key: 'b' });
  expect(boards).toHaveBeenCalledTimes(1);
  expect(block).not.toHaveBeenCalled();
});

it('switches single characters off and leaves the rest', () => {
  const m = vi.fn();
  const arrows = vi.fn();
  bind('m', m);
  bind('ArrowUp', arrows);
  setSingleKeys(false);
  press({ code: 'KeyM', key: 'm' });
  press({ code: 'ArrowUp', key: 'ArrowUp' });
  expect(m).not.toHaveBeenCalled();
  expect(arrows).toHaveBeenCalledTimes(1);
});

it('asks the newest scope first and passes on what it leaves', () => {
  const old = vi.fn();
  bind('Escape', old);
  bind('Escape', () => false);
  press({ code: 'Escape', key: 'Escape' });
  expect(old).toHaveBeenCalledTimes(1);
});

it('shows keys as caps', () => {
  expect(caps('Ctrl+Shift+ArrowLeft')).toEqual(['Ctrl', 'Shift', '←']);
  expect(caps('g b')).toEqual(['G', 'B']);
  expect(caps('/')).toEqual(['/']);
});

it('takes the key that a person has chosen instead of the default', () => {
  const run = vi.fn();
  bind('m', run);
  setOwnKeys({ m: 'v' });
  press({ code: 'KeyM', key: 'm' });
  expect(run).not.toHaveBeenCalled();
  press({ code: 'KeyV', key: 'v' });
  expect(run).toHaveBeenCalledTimes(1);
});

it('lets only those keys through to a field that say so', () => {
  const letter = vi.fn();
  const palette = vi.fn();
  bind('m', letter);
  takeBack.push(
    addScope({ name: 'test', bindings: [{ keys: 'Mod+k', label: 'x', run: palette, inFields: true }] }),
  );
  document.body.innerHTML = '<input id="i">';
  press({ code: 'KeyM', key: 'm' }, document.getElementById('i')!);
  press({ code: 'KeyK', key: 'k', ctrlKey: true }, document.getElementById('i')!);
  expect(letter).not.toHaveBeenCalled();
  expect(palette).toHaveBeenCalledTimes(1);
});
