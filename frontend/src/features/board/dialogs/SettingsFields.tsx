import { ArrowUp, Pencil } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CustomField, CustomFieldType } from '../../../api/types';
import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { Field } from '../../../ui/Dialog';
import { useBoard, useRoom } from '../context';
import { t } from '../messages-dialogs';
import { sentence } from '../move';
import s from './dialogs.module.css';
import own from './fields.module.css';
import { td } from './messages-full';

const TYPES: readonly CustomFieldType[] = ['text', 'number', 'date', 'choice', 'person', 'link', 'checkbox'];

/** The board's own fields; each change acts at once, like those of lanes and columns. */
export function SettingsFields() {
  const board = useBoard();
  const [editing, setEditing] = useState<string>();
  const [wrong, setWrong] = useState('');
  const live = board.fields.filter((f) => !f.retired);
  const old = board.fields.filter((f) => f.retired);
  const change = async (f: CustomField, patch: Record<string, unknown>, said: string) => {
    setWrong('');
    try {
      await api.patch(`/fields/${f.id}`, patch);
      announce(said);
      return true;
    } catch (error) {
      setWrong(sentence(error));
      return false;
    }
  };
  return (
    <section className={s.section} aria-label={td('board.fields')}>
      <h3>{td('board.fields')}</h3>
      <p className={s.note}>{td('board.fieldsHint')}</p>
      <ul className={own.list}>
        {live.map((f, i) =>
          editing === f.id ? (
            <li key={f.id}>
              <Form field={f} onDone={() => setEditing(undefined)} />
            </li>
          ) : (
            <li key={f.id} className={own.row}>
              <span className={own.name}>
                {f.name}
                <small>
                  {td(`board.fieldType.${f.type}`)}
                  {f.unit && ` (${f.unit})`}
                  {f.options && `: ${f.options.map((o) => o.name).join(', ')}`}
                </small>
              </span>
              <span className={own.acts}>
                <OnFace
                  on={f.onFace ?? false}
                  set={(onFace) => change(f, { onFace }, td('board.fieldSaved', { name: f.name }))}
                />
                {i === 0 ? (
                  <span className={own.gap} />
                ) : (
                  <button
                    type="button"
                    className="btn ghost sm icon"
                    aria-label={td('board.fieldUp', { name: f.name })}
                    onClick={() =>
                      void change(f, { beforeId: live[i - 1]!.id }, td('board.fieldSaved', { name: f.name }))
                    }
                  >
                    <ArrowUp size={15} aria-hidden />
                  </button>
                )}
                <button
                  type="button"
                  className="btn ghost sm icon"
                  aria-label={td('board.fieldEdit', { name: f.name })}
                  onClick={() => setEditing(f.id)}
                >
                  <Pencil size={14} aria-hidden />
                </button>
                <button
                  type="button"
                  className="btn ghost sm"
                  aria-label={`${td('board.fieldRetire')}: ${f.name}`}
                  onClick={() =>
                    void change(f, { retired: true }, td('board.fieldRetired', { name: f.name }))
                  }
                >
                  {td('board.fieldRetire')}
                </button>
              </span>
            </li>
          ),
        )}
      </ul>
      {wrong && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
      {editing === '' ? (
        <Form onDone={() => setEditing(undefined)} />
      ) : (
        <button type="button" className={`btn line sm ${own.more}`} onClick={() => setEditing('')}>
          {td('board.fieldAdd')}
        </button>
      )}
      {old.length > 0 && (
        <details className={own.old}>
          <summary>{td('board.fieldsRetired', { n: old.length })}</summary>
          <ul className={own.list}>
            {old.map((f) => (
              <li key={f.id} className={own.row}>
                <span className={own.name}>{f.name}</span>
                <button
                  type="button"
                  className="btn ghost sm"
                  onClick={() => void change(f, { retired: false }, td('board.fieldSaved', { name: f.name }))}
                >
                  {td('board.fieldBack')}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** Ticked at once; what the server says stands when its event comes, or when it refuses. */
function OnFace({ on, set }: { on: boolean; set: (on: boolean) => Promise<boolean> }) {
  const [sent, setSent] = useState<boolean>();
  useEffect(() => setSent((x) => (x === on ? undefined : x)), [on]);
  return (
    <label className={s.unit}>
      <input
        type="checkbox"
        checked={sent ?? on}
        onChange={(e) => {
          setSent(e.target.checked);
          void set(e.target.checked).then((kept) => !kept && setSent(undefined));
        }}
      />
      {td('board.fieldOnFace')}
    </label>
  );
}

/** The dialog around it is a form already, so this is none: its button sends. */
function Form({ field, onDone }: { field?: CustomField; onDone: () => void }) {
  const { store } = useRoom();
  const [name, setName] = useState(field?.name ?? '');
  const [type, setType] = useState<CustomFieldType>(field?.type ?? 'text');
  const [unit, setUnit] = useState(field?.unit ?? '');
  const [options, setOptions] = useState(field?.options?.map((o) => o.name).join('\n') ?? '');
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (!name.trim()) return;
    setBusy(true);
    setWrong('');
    const body: Record<string, unknown> = { name: name.trim() };
    if (type === 'number') body.unit = unit.trim();
    if (type === 'choice') body.options = optionsOf(options, field);
    try {
      if (field) await api.patch(`/fields/${field.id}`, body);
      else await api.post(`/boards/${store.boardId}/fields`, { ...body, type });
      announce(td('board.fieldSaved', { name: name.trim() }));
      onDone();
    } catch (error) {
      setWrong(sentence(error));
      setBusy(false);
    }
  };
  return (
    <fieldset
      className={own.form}
      aria-label={field ? td('board.fieldEdit', { name: field.name }) : td('board.fieldAdd')}
      onKeyDown={(e) => {
        if (e.key === 'Enter' && e.target instanceof HTMLInputElement) {
          e.preventDefault();
          void save();
        } else if (e.key === 'Escape') {
          e.preventDefault();
          e.stopPropagation();
          onDone();
        }
      }}
    >
      <div className="field-row">
        <Field label={td('board.fieldName')}>
          <input
            className="input"
            // biome-ignore lint/a11y/noAutofocus: it is the answer to the button that was just pressed
            autoFocus
            maxLength={60}
            value={name}
            onChange={(e) => setName(e.target.value)}
          />
        </Field>
        {!field && (
          <Field label={td('board.fieldType')}>
            <select
              className="input"
              value={type}
              onChange={(e) => setType(e.target.value as CustomFieldType)}
            >
              {TYPES.map((x) => (
                <option key={x} value={x}>
                  {td(`board.fieldType.${x}`)}
                </option>
              ))}
            </select>
          </Field>
        )}
        {type === 'number' && (
          <Field label={td('board.fieldUnit')}>
            <input className="input" maxLength={12} value={unit} onChange={(e) => setUnit(e.target.value)} />
          </Field>
        )}
      </div>
      {type === 'choice' && (
        <Field label={td('board.fieldOptions')}>
          <textarea className="input" rows={4} value={options} onChange={(e) => setOptions(e.target.value)} />
        </Field>
      )}
      {wrong && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
      <div className={own.foot}>
        <button type="button" className="btn line sm" onClick={onDone}>
          {t('board.cancel')}
        </button>
        <button
          type="button"
          className="btn soft sm"
          data-busy={busy || undefined}
          disabled={!name.trim() || busy}
          onClick={() => void save()}
        >
          {t('board.save')}
        </button>
      </div>
    </fieldset>
  );
}

/** Lines as options: a line that is as it was keeps its id, and so does one that was changed in its place. */
export function optionsOf(text: string, field?: CustomField): { id?: string; name: string }[] {
  const names = text
    .split('\n')
    .map((x) => x.trim())
    .filter(Boolean);
  const had = field?.options ?? [];
  const kept = new Set(names);
  const sameCount = names.length === had.length;
  return names.map((name, i) => {
    const same = had.find((o) => o.name === name);
    if (same) return { id: same.id, name };
    const before = had[i];
    return sameCount && before && !kept.has(before.name) ? { id: before.id, name } : { name };
  });
}
