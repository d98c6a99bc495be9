import { useEffect, useRef, useState } from 'react';
import type { Nameable } from '../../api/types';
import { api } from '../../lib/api';
import { Avatar } from '../../ui/Avatar';
import { disciplineName } from '../../ui/messages';
import full from './full.module.css';
import { tf } from './messages-full';

/** "@an" before the caret: where it begins, and what was typed after the sign. A name may have two words. */
export function mentionAt(text: string, caret: number): { from: number; find: string } | undefined {
  const before = text.slice(Math.max(0, caret - 60), caret);
  const found = /(?:^|[^\p{L}\p{N}_@])@([\p{L}\p{N}_'’.-]*(?: [\p{L}\p{N}_'’.-]+){0,2} ?)$/u.exec(before);
  if (!found || found[1]!.startsWith(' ')) return undefined;
  return { from: caret - found[1]!.length - 1, find: found[1]!.trim() };
}

interface Picker {
  /** For the text field. */
  props: {
    'aria-autocomplete': 'list';
    'aria-controls': string | undefined;
    'aria-activedescendant': string | undefined;
    onSelect: () => void;
    onBlur: () => void;
  };
  /** Answers true when the key was the list's. */
  key: (e: React.KeyboardEvent) => boolean;
  list: React.ReactNode;
}

/** Offers those who may see the card while an @ is being typed; words are put in by keys or by a press. */
export function useMentions(
  id: string,
  cardId: string | undefined,
  field: React.RefObject<HTMLTextAreaElement | null>,
  value: string,
  onChange: (text: string) => void,
): Picker {
  const [spot, setSpot] = useState<{ from: number; find: string }>();
  const [people, setPeople] = useState<readonly Nameable[]>([]);
  const [at, setAt] = useState(0);
  const dismissed = useRef(-1);
  const look = () => {
    const el = field.current;
    if (!el || !cardId || el.selectionStart !== el.selectionEnd) return setSpot(undefined);
    const now = mentionAt(el.value, el.selectionStart);
    if (!now || now.from === dismissed.current) return setSpot(undefined);
    setSpot((old) => (old?.from === now.from && old.find === now.find ? old : now));
  };
  // The field's own value changes before this is drawn again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks at the field itself
  useEffect(look, [value]);
  const find = spot?.find;
  useEffect(() => {
    if (find === undefined || !cardId) {
      setPeople([]);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api
        .get<{ items: Nameable[] }>(`/cards/${cardId}/people?limit=6&q=${encodeURIComponent(find)}`, {
          signal: stop.signal,
        })
        .then((page) => {
          setPeople(page.items);
          setAt(0);
        })
        .catch(() => !stop.signal.aborted && setPeople([]));
    }, 90);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [find, cardId]);
  const open = spot !== undefined && people.length > 0;
  const chosen = open ? people[Math.min(at, people.length - 1)] : undefined;
  const close = () => {
    dismissed.current = spot?.from ?? -1;
    setSpot(undefined);
  };
  const pick = (p: Nameable) => {
    const el = field.current;
    if (!el || !spot) return;
    const head = `${value.slice(0, spot.from)}@${p.words} `;
    const next = head + value.slice(el.selectionStart).replace(/^ /, '');
    onChange(next);
    setSpot(undefined);
    requestAnimationFrame(() => {
      el.focus();
      el.setSelectionRange(head.length, head.length);
    });
  };
  const listId = `${id}-people`;
  return {
    props: {
      'aria-autocomplete': 'list',
      'aria-controls': open ? listId : undefined,
      'aria-activedescendant': chosen ? `${listId}-${chosen.id}` : undefined,
      onSelect: look,
      onBlur: () => setSpot(undefined),
    },
    key: (e) => {
      if (!open || !chosen || e.nativeEvent.isComposing || e.ctrlKey || e.metaKey) return false;
      if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
        const by = e.key === 'ArrowDown' ? 1 : -1;
        setAt((n) => (n + by + people.length) % people.length);
      } else if (e.key === 'Enter' || e.key === 'Tab') pick(chosen);
      else if (e.key === 'Escape') close();
      else return false;
      e.preventDefault();
      e.stopPropagation();
      return true;
    },
    list: open && (
      <div className={full.people}>
        <p className="sr" role="status">
          {tf('card.peopleOffered', { n: people.length })}
        </p>
        <div id={listId} role="listbox" aria-label={tf('card.people')} className={full.options}>
          {people.map((p) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field has the keys
            <div
              key={p.id}
              id={`${listId}-${p.id}`}
              role="option"
              aria-selected={p === chosen}
              onMouseDown={(e) => e.preventDefault()}
              onClick={() => pick(p)}
            >
              <Avatar person={p} size={20} decorative />
              <span className={full.word}>{p.words}</span>
              <small>{disciplineName(p.discipline)}</small>
            </div>
          ))}
        </div>
      </div>
    ),
  };
}
