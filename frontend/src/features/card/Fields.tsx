import { useEffect, useState } from 'react';
import type { CustomField, Nameable } from '../../api/types';
import { api } from '../../lib/api';
import { dateWords } from '../../lib/time';
import { useBoard, usePeople } from '../../live';
import { QuickDays } from '../../ui/QuickDays';
import css from './card.module.css';
import { usePatch, useRoom } from './context';
import { Fact } from './Facts';
import full from './full.module.css';
import { tf } from './messages-full';

/** The board's own fields. Those without a value wait behind the Add menu, unless one of them was asked for. */
export function Fields() {
  const { detail, can, asked } = useRoom();
  const board = useBoard();
  if (!detail) return null;
  const value = new Map(detail.fields.map((f) => [f.id, f]));
  const live = board.fields.filter(
    (f) => !f.retired && (value.has(f.id) || (can.work && asked === `field:${f.id}`)),
  );
  const old = detail.fields.filter((f) => !live.some((x) => x.id === f.id));
  if (live.length === 0 && old.length === 0) return null;
  return (
    <section className={css.part} aria-label={tf('card.fields')}>
      <div className={css.partHead}>
        <h3>{tf('card.fields')}</h3>
      </div>
      <dl className={css.facts}>
        {live.map((f) => (
          <Fact key={f.id} name={f.name}>
            {can.work ? (
              <Input field={f} value={value.get(f.id)?.value ?? ''} text={value.get(f.id)?.text ?? ''} />
            ) : (
              <Said field={f} value={value.get(f.id)?.value ?? ''} text={value.get(f.id)?.text ?? ''} />
            )}
          </Fact>
        ))}
        {old.map((f) => (
          <Fact key={f.id} name={f.name}>
            <span className={css.quiet} title={tf('card.fieldRetired')}>
              {f.text}
            </span>
          </Fact>
        ))}
      </dl>
    </section>
  );
}

function Said({ field, value, text }: { field: CustomField; value: string; text: string }) {
  if (field.type === 'link' && /^https?:\/\//i.test(value))
    return (
      <a href={value} target="_blank" rel="noreferrer noopener">
        {text}
      </a>
    );
  if (field.type === 'checkbox') return <span>{tf(value === 'true' ? 'card.yes' : 'card.no')}</span>;
  if (field.type === 'date' && value) return <span>{dateWords(value)}</span>;
  return <span>{text}</span>;
}

/** One control per type; what is typed is sent when it is left, and taken back when the server refuses. */
function Input({ field: f, value, text }: { field: CustomField; value: string; text: string }) {
  const { asked } = useRoom();
  const patch = usePatch();
  const [typed, setTyped] = useState<string>();
  const [sent, setSent] = useState<string>();
  useEffect(() => setSent((x) => (x === value ? undefined : x)), [value]);
  const first = asked === `field:${f.id}`;
  const send = (next: string) => {
    setTyped(undefined);
    if (next === value) return;
    setSent(next);
    void patch({ fields: { [f.id]: next } }, f.name).then((kept) => !kept && setSent(undefined));
  };
  const shown = typed ?? sent ?? value;
  const common = {
    className: css.choice,
    'aria-label': f.name,
    autoFocus: first,
    onBlur: () => typed !== undefined && send(typed.trim()),
    onKeyDown: (e: React.KeyboardEvent) => {
      if (e.key === 'Enter') send(shown.trim());
      else if (e.key === 'Escape' && typed !== undefined) {
        e.preventDefault();
        e.stopPropagation();
        setTyped(undefined);
      }
    },
    onChange: (e: React.ChangeEvent<HTMLInputElement>) => setTyped(e.target.value),
  };
  switch (f.type) {
    case 'checkbox':
      return (
        <input
          type="checkbox"
          className={full.check}
          aria-label={f.name}
          checked={shown === 'true'}
          onChange={(e) => send(e.target.checked ? 'true' : '')}
        />
      );
    case 'choice':
      return (
        <select
          className={css.choice}
          aria-label={f.name}
          // biome-ignore lint/a11y/noAutofocus: it was just asked for
          autoFocus={first}
          value={shown}
          onChange={(e) => send(e.target.value)}
        >
          <option value="">{tf('card.none')}</option>
          {value && !f.options?.some((o) => o.id === value) && <option value={value}>{text}</option>}
          {f.options?.map((o) => (
            <option key={o.id} value={o.id}>
              {o.name}
            </option>
          ))}
        </select>
      );
    case 'person':
      return <PersonChoice field={f} value={shown} text={text} onChange={send} />;
    case 'number':
      return (
        <>
          <input
            type="number"
            step="any"
            inputMode="decimal"
            value={shown}
            {...common}
            className={`${css.choice} ${css.size}`}
          />
          {f.unit && <span className={css.quiet}>{f.unit}</span>}
        </>
      );
    case 'date':
      return (
        <>
          <input type="date" value={shown} {...common} />
          <QuickDays quiet value={shown} onPick={send} />
        </>
      );
    case 'link':
      return (
        <>
          <input type="url" placeholder="https://" maxLength={2000} value={shown} {...common} />
          {/^https?:\/\//i.test(value) && (
            <a href={value} target="_blank" rel="noreferrer noopener">
              {tf('card.openLink')}
            </a>
          )}
        </>
      );
    default:
      return (
        <input
          type="text"
          maxLength={2000}
          value={shown}
          {...common}
          className={`${css.choice} ${full.long}`}
        />
      );
  }
}

function PersonChoice({
  field,
  value,
  text,
  onChange,
}: {
  field: CustomField;
  value: string;
  text: string;
  onChange: (id: string) => void;
}) {
  const { face } = useRoom();
  const people = usePeople();
  const [all, setAll] = useState<Nameable[]>();
  const known = all ?? [...people.values()].filter((p) => p.active).map((p) => ({ ...p, words: p.name }));
  useEffect(() => {
    api
      .get<{ items: Nameable[] }>(`/cards/${face.id}/people?limit=100`)
      .then((page) => setAll(page.items))
      .catch(() => {}); // the people of the board are offered then
  }, [face.id]);
  return (
    <select
      className={css.choice}
      aria-label={field.name}
      value={value}
      onChange={(e) => onChange(e.target.value)}
    >
      <option value="">{tf('card.none')}</option>
      {value && !known.some((p) => p.id === value) && <option value={value}>{text}</option>}
      {known.map((p) => (
        <option key={p.id} value={p.id}>
          {p.words}
        </option>
      ))}
    </select>
  );
}
