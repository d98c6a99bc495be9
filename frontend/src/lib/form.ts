import { type ChangeEvent, type FormEvent, useRef, useState } from 'react';
import { ApiError } from './api';

type Values = Record<string, string>;
export type Checks<V extends Values> = {
  [K in keyof V]?: (value: string, all: V) => string | undefined | false;
};

export interface FormField {
  name: string;
  value: string;
  onChange: (e: ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>) => void;
  onBlur: () => void;
  error: string | undefined;
}

export interface Form<V extends Values> {
  values: V;
  field: (name: keyof V & string) => FormField;
  set: (name: keyof V & string, value: string) => void;
  busy: boolean;
  /** What went wrong with the whole, not with one field. */
  problem: string | undefined;
  submit: (e?: FormEvent) => Promise<void>;
  reset: (values?: V) => void;
}

/** A form that checks a field when it is left, everything when it is sent, and puts what the server says under its field. */
export function useForm<V extends Values>(options: {
  initial: V;
  checks?: Checks<V>;
  submit: (values: V) => Promise<unknown>;
}): Form<V> {
  const { checks = {} as Checks<V> } = options;
  const [values, setValues] = useState(options.initial);
  const [errors, setErrors] = useState<Partial<Record<keyof V, string>>>({});
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);

  const check = (name: keyof V, all: V) => checks[name]?.(all[name] ?? '', all) || undefined;

  const submit = async (e?: FormEvent) => {
    e?.preventDefault();
    if (running.current) return;
    const form = e?.currentTarget; // is gone after the first wait
    const found = Object.fromEntries(
      Object.keys(values).flatMap((k) => {
        const said = check(k, values);
        return said ? [[k, said]] : [];
      }),
    ) as Partial<Record<keyof V, string>>;
    setErrors(found);
    setProblem(undefined);
    const first = Object.keys(found)[0];
    if (first) {
      focusField(form, first);
      return;
    }
    running.current = true;
    setBusy(true);
    try {
      await options.submit(values);
    } catch (error) {
      const { fields, rest } = sortErrors(error, Object.keys(values));
      setErrors(fields as Partial<Record<keyof V, string>>);
      setProblem(rest);
      const bad = Object.keys(fields)[0];
      if (bad) focusField(form, bad);
    } finally {
      running.current = false;
      setBusy(false);
    }
  };

  return {
    values,
    busy,
    problem,
    submit,
    set: (name, value) => setValues((v) => ({ ...v, [name]: value })),
    reset: (next) => {
      setValues(next ?? options.initial);
      setErrors({});
      setProblem(undefined);
    },
    field: (name) => ({
      name,
      value: values[name] ?? '',
      error: errors[name],
      onChange: (e) => {
        const { value } = e.currentTarget;
        setValues((v) => ({ ...v, [name]: value }));
        // What was wrong goes away while it is mended; new faults wait until the field is left.
        setErrors((old) =>
          old[name] && !check(name, { ...values, [name]: value }) ? { ...old, [name]: undefined } : old,
        );
      },
      onBlur: () => {
        if (values[name] !== options.initial[name])
          setErrors((old) => ({ ...old, [name]: check(name, values) }));
      },
    }),
  };
}

/** A dialog is a form of its own and hands on no event; it is the one that is open. */
function focusField(from: EventTarget | undefined, name: string) {
  const form = from ?? document.querySelector('dialog[open] form');
  if (!(form instanceof HTMLFormElement)) return;
  const el = form.elements.namedItem(name);
  if (el instanceof HTMLElement) el.focus();
}

/** Refusals that are about one field without naming it. */
const FIELD_OF: Record<string, string> = {
  key_taken: 'key',
  email_taken: 'email',
  service_name_taken: 'name',
};

/** Splits what the server said into sentences for fields ("body.name") and one for the whole. */
export function sortErrors(error: unknown, names: string[]): { fields: Values; rest?: string } {
  if (!(error instanceof Error)) return { fields: {}, rest: String(error) };
  if (!(error instanceof ApiError)) return { fields: {}, rest: error.message };
  const fields: Values = {};
  const rest: string[] = [];
  const said = error.detail.replace(/\.$/, ''); // a refusal of one thing says it in both
  for (const { location, message } of error.errors) {
    const name = location
      .split(/[.[\]]/)
      .filter(Boolean)
      .find((part) => names.includes(part));
    if (name) fields[name] ??= message;
    else if (message.replace(/\.$/, '') !== said) rest.push(message);
  }
  const about = FIELD_OF[error.code];
  if (about && names.includes(about)) return { fields: { [about]: error.detail } };
  if (Object.keys(fields).length === 0)
    return { fields, rest: rest.length ? `${error.detail} ${rest.join(' ')}` : error.detail };
  return { fields, rest: rest.join(' ') || undefined };
}
