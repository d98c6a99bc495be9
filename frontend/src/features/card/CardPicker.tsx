import { useEffect, useId, useRef, useState } from 'react';
import type { Face } from '../../api/types';
import { api } from '../../lib/api';
import { DiscIcon } from '../../ui/DiscIcon';
import { useRoom } from './context';
import css from './full.module.css';
import { tf } from './messages-full';

export interface Picked {
  id: string;
  key: string;
  title: string;
  discipline?: Face['discipline'];
  boardName?: string;
}

const SHOWN = 8;

interface Props {
  label: string;
  /** Cards that make no sense here. */
  not: readonly string[];
  onPick: (card: Picked) => void;
  onCancel: () => void;
}

/** Finds a card by words or key: those of this board at once, others by search or by their key. */
export function CardPicker({ label, not, onPick, onCancel }: Props) {
  const { store } = useRoom();
  const [text, setText] = useState('');
  const [far, setFar] = useState<Picked[]>([]);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  useEffect(() => field.current?.focus(), []);
  const wanted = text.trim().toLocaleLowerCase();
  const near: Picked[] = wanted
    ? store
        .cardIds()
        .map((id) => store.card(id)!)
        .filter(
          (c) =>
            c && (c.title.toLocaleLowerCase().includes(wanted) || c.key.toLowerCase().startsWith(wanted)),
        )
        .slice(0, SHOWN)
    : [];
  useEffect(() => {
    setFar([]);
    if (wanted.length < 2) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      void elsewhere(wanted, stop.signal).then((found) => !stop.signal.aborted && setFar(found));
    }, 180);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted]);
  const found = [...near, ...far.filter((c) => !near.some((n) => n.id === c.id))]
    .filter((c) => !not.includes(c.id))
    .slice(0, SHOWN);
  const chosen = found[Math.min(at, found.length - 1)];
  return (
    <div className={css.picker}>
      <input
        ref={field}
        className="input sm"
        role="combobox"
        aria-label={label}
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={chosen ? `${list}-${chosen.id}` : undefined}
        placeholder={tf('card.pickHint')}
        value={text}
        onChange={(e) => {
          setText(e.target.value);
          setAt(0);
        }}
        onKeyDown={(e) => {
          if (e.nativeEvent.isComposing) return;
          if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
            e.preventDefault();
            const step = e.key === 'ArrowDown' ? 1 : -1;
            setAt((n) => (found.length ? (n + step + found.length) % found.length : 0));
          } else if (e.key === 'Enter') {
            e.preventDefault();
            if (chosen) onPick(chosen);
          } else if (e.key === 'Escape') {
            e.preventDefault();
            e.stopPropagation();
            onCancel();
          }
        }}
      />
      <div id={list} role="listbox" aria-label={label} className={css.options}>
        {found.map((c) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field has the keys
          <div
            key={c.id}
            id={`${list}-${c.id}`}
            role="option"
            aria-selected={c === chosen}
            onMouseDown={(e) => e.preventDefault()}
            onClick={() => onPick(c)}
          >
            {c.discipline && <DiscIcon d={c.discipline} size={14} decorative />}
            <code>{c.key}</code>
            <span className={css.word}>{c.title}</span>
            {c.boardName && <small>{c.boardName}</small>}
          </div>
        ))}
      </div>
      {wanted.length > 1 && found.length === 0 && <p className={css.faint}>{tf('card.pickNone')}</p>}
    </div>
  );
}

/** Cards of other boards: by search, and by key, which works for every card that one may see. */
async function elsewhere(wanted: string, signal: AbortSignal): Promise<Picked[]> {
  const found = api
    .get<{ items: (Picked & { kind: string })[] }>(
      `/search?kinds=card&limit=${SHOWN}&q=${encodeURIComponent(wanted)}`,
      { signal },
    )
    .then((page) => page.items)
    .catch(() => []);
  const byKey = /^[a-z][a-z0-9]*-\d+$/.test(wanted)
    ? api
        .get<{ card: Picked }>(`/cards/${wanted.toUpperCase()}`, { signal })
        .then((d) => [d.card])
        .catch(() => [])
    : [];
  const [a, b] = await Promise.all([byKey, found]);
  return [...a, ...b.filter((c) => !a.some((x) => x.id === c.id))];
}
