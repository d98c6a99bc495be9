import { act, renderHook } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ApiError } from './api';
import { sortErrors, useForm } from './form';

it('puts what the server says under its field', () => {
  const e = new ApiError(422, {
    code: 'invalid',
    detail: 'The input is not complete.',
    errors: [
      { location: 'body.name', message: 'Give it a name.' },
      { location: 'body.columns[2].wip.max', message: 'At least 1.' },
    ],
  });
  expect(sortErrors(e, ['name', 'key'])).toEqual({
    fields: { name: 'Give it a name.' },
    rest: 'At least 1.',
  });
  expect(sortErrors(e, [])).toEqual({
    fields: {},
    rest: 'The input is not complete. Give it a name. At least 1.',
  });
});

it('says once what the whole refusal and its only fault say', () => {
  const e = new ApiError(422, {
    code: 'invalid',
    detail: 'It is looked at again after it began.',
    errors: [{ location: 'body.reviewOn', message: 'It is looked at again after it began' }],
  });
  expect(sortErrors(e, [])).toEqual({ fields: {}, rest: 'It is looked at again after it began.' });
  expect(sortErrors(e, ['reviewOn']).rest).toBeUndefined();
});

it('sends nothing while a field is wrong, and only once at a time', async () => {
  let finish = () => {};
  const submit = vi.fn(() => new Promise<void>((r) => (finish = r)));
  const { result } = renderHook(() =>
    useForm({ initial: { name: '' }, checks: { name: (v) => !v && 'Give it a name.' }, submit }),
  );
  await act(() => result.current.submit());
  expect(result.current.field('name').error).toBe('Give it a name.');
  expect(submit).not.toHaveBeenCalled();
  act(() => result.current.set('name', 'Delivery'));
  let first: Promise<void>;
  act(() => {
    first = result.current.submit();
    void result.current.submit();
  });
  expect(submit).toHaveBeenCalledTimes(1);
  expect(result.current.busy).toBe(true);
  await act(async () => {
    finish();
    await first;
  });
  expect(result.current.busy).toBe(false);
});

it('knows which field a taken key or address is about', () => {
  const taken = new ApiError(409, { code: 'key_taken', detail: 'Another team has the key PAY.' });
  expect(sortErrors(taken, ['name', 'key'])).toEqual({ fields: { key: 'Another team has the key PAY.' } });
  expect(sortErrors(taken, ['name'])).toEqual({ fields: {}, rest: 'Another team has the key PAY.' });
});
