import { type ReactNode, useId, useRef, useState } from 'react';
import { CARD_CLASSES, CARD_TYPES, DISCIPLINES, type Discipline } from '../../api/types';
import { absolute, dateWords, daysUntil } from '../../lib/time';
import { useBoard } from '../../live';
import { DiscIcon } from '../../ui/DiscIcon';
import { disciplineName } from '../../ui/messages';
import { QuickDays } from '../../ui/QuickDays';
import css from './card.module.css';
import { usePatch, useRoom } from './context';
import { Labels } from './Labels';
import { className, t, typeName } from './messages';
import { Owners } from './Owners';
import { Watchers } from './Watch';
import { Where } from './Where';

/** The short facts of a card, each changed where it stands. */
export function Facts() {
  const { face, detail } = useRoom();
  const patch = usePatch();
  const made = detail?.card;
  return (
    <dl className={css.facts}>
      <Where />
      <Fact name={t('card.leading')}>
        <DiscIcon d={face.discipline} decorative />
        <Choice
          label={t('card.leading')}
          value={face.discipline}
          options={DISCIPLINES}
          word={disciplineName}
          onChange={(discipline) =>
            void patch(
              { discipline, involves: face.involves.filter((d) => d !== discipline) },
              t('card.leading'),
            )
          }
        />
      </Fact>
      <Involves />
      <Fact name={t('card.type')}>
        <Choice
          label={t('card.type')}
          value={face.type}
          options={CARD_TYPES}
          word={typeName}
          onChange={(type) => void patch({ type }, t('card.type'))}
        />
      </Fact>
      <Fact name={t('card.class')}>
        <Choice
          label={t('card.class')}
          value={face.class}
          options={CARD_CLASSES}
          word={className}
          onChange={(cls) => void patch({ class: cls }, t('card.class'))}
        />
      </Fact>
      <Owners />
      <Labels />
      <Due />
      <Size />
      {made && (
        <Fact name={t('card.created')}>
          <span title={absolute(made.createdAt)}>
            {made.createdBy
              ? t('card.createdBy', {
                  when: dateWords(made.createdAt.slice(0, 10)),
                  name: made.createdByName || t('card.someone'),
                })
              : dateWords(made.createdAt.slice(0, 10))}
          </span>
        </Fact>
      )}
      <Watchers />
    </dl>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly T[];
  word: (x: T) => string;
  onChange: (x: T) => void;
}

function Choice<T extends string>({ label, value, options, word, onChange }: ChoiceProps<T>) {
  const { can } = useRoom();
  if (!can.work) return <span>{word(value)}</span>;
  return (
    <select
      className={css.choice}
      aria-label={label}
      value={value}
      onChange={(e) => onChange(e.target.value as T)}
    >
      {options.map((x) => (
        <option key={x} value={x}>
          {word(x)}
        </option>
      ))}
    </select>
  );
}

/** A value that opens its own little form below, and closes on Esc with the focus where it was. */
export function Opening({
  name,
  shown,
  leave = t('card.done'),
  children,
}: {
  name: string;
  shown: ReactNode;
  /** The word that closes it: changes were kept as they were made, or are made by a button of its own. */
  leave?: string;
  children: ReactNode | ((close: () => void) => ReactNode);
}) {
  const { can } = useRoom();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>
        {can.work ? (
          <button
            ref={button}
            type="button"
            className={css.value}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            <span className="sr">{t('card.change', { field: name })}</span>
            {shown}
          </button>
        ) : (
          <span className={css.static}>{shown}</span>
        )}
        {open && (
          // biome-ignore lint/a11y/noStaticElementInteractions: Esc is for the fields inside
          <div
            id={id}
            className={css.opened}
            onKeyDown={(e) => {
              if (e.key !== 'Escape' || e.defaultPrevented) return;
              e.preventDefault();
              e.stopPropagation();
              close();
            }}
          >
            {typeof children === 'function' ? children(close) : children}
            <button type="button" className="btn line sm" onClick={close}>
              {leave}
            </button>
          </div>
        )}
      </dd>
    </div>
  );
}

function Involves() {
  const { face } = useRoom();
  const patch = usePatch();
  const toggle = (d: Discipline) => {
    const involves = face.involves.includes(d) ? face.involves.filter((x) => x !== d) : [...face.involves, d];
    void patch({ involves }, t('card.involves'));
  };
  const shown = face.involves.length ? (
    face.involves.map((d) => (
      <span key={d} className={css.with}>
        <DiscIcon d={d} solid={false} decorative /> {disciplineName(d)}
      </span>
    ))
  ) : (
    <span className={css.quiet}>{t('card.none')}</span>
  );
  return (
    <Opening name={t('card.involves')} shown={shown}>
      <fieldset className={css.checks}>
        <legend className="sr">{t('card.involves')}</legend>
        {DISCIPLINES.filter((d) => d !== face.discipline).map((d) => (
          <label key={d}>
            <input type="checkbox" checked={face.involves.includes(d)} onChange={() => toggle(d)} />
            <DiscIcon d={d} solid={false} decorative /> {disciplineName(d)}
          </label>
        ))}
      </fieldset>
    </Opening>
  );
}

function Due() {
  const { face, can } = useRoom();
  const board = useBoard();
  const patch = usePatch();
  const [typed, setTyped] = useState<string>();
  const due = face.dueOn || '';
  const commit = () => {
    if (typed !== undefined && typed !== due) void patch({ dueOn: typed || null }, t('card.due'));
    setTyped(undefined);
  };
  return (
    <Fact name={t('card.due')}>
      {can.work && (
        <input
          type="date"
          className={css.choice}
          aria-label={t('card.due')}
          value={typed ?? due}
          onChange={(e) => setTyped(e.target.value)}
          onBlur={commit}
          onKeyDown={(e) => e.key === 'Enter' && commit()}
        />
      )}
      {due ? <span className={css.quiet}>{dueWords(due, board.timeZone)}</span> : !can.work && t('card.none')}
      {can.work && (
        <QuickDays
          quiet
          value={typed ?? due}
          onPick={(day) => {
            setTyped(undefined);
            if (day !== due) void patch({ dueOn: day }, t('card.due'));
          }}
        />
      )}
    </Fact>
  );
}

function dueWords(due: string, zone: string): string {
  const n = daysUntil(due, Date.now(), zone);
  const date = dateWords(due);
  if (n === 0) return t('card.dueToday', { date });
  return n < 0 ? t('card.dueOver', { date, n: -n }) : t('card.dueIn', { date, n });
}

function Size() {
  const { face, can } = useRoom();
  const patch = usePatch();
  const [typed, setTyped] = useState<string>();
  const size = face.size == null ? '' : String(face.size);
  const commit = () => {
    const next = typed?.trim();
    setTyped(undefined);
    if (next === undefined || next === size) return;
    const number = Number(next);
    if (next !== '' && !(Number.isFinite(number) && number >= 0)) return;
    void patch({ size: next === '' ? null : number }, t('card.size'));
  };
  return (
    <Fact name={t('card.size')}>
      {can.work ? (
        <input
          type="number"
          min={0}
          step="any"
          inputMode="decimal"
          placeholder={t('card.none')}
          className={`${css.choice} ${css.size}`}
          aria-label={t('card.size')}
          value={typed ?? size}
          onChange={(e) => setTyped(e.target.value)}
          onBlur={commit}
          onKeyDown={(e) => e.key === 'Enter' && commit()}
        />
      ) : (
        size || t('card.none')
      )}
    </Fact>
  );
}
