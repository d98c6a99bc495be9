import { Link } from '@tanstack/react-router';
import { createContext, Fragment, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { blockedDays } from '../../../lib/age';
import { t } from './messages';

/** Words of which those between asterisks weigh more. */
export function Marked({ text }: { text: string }) {
  return text.split('*').map((x, i) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence
    i % 2 ? <b key={i}>{x}</b> : <Fragment key={i}>{x}</Fragment>,
  );
}

/** Reads so many more of each list. */
export const More = createContext<{ n: number; read: () => Promise<void> }>({ n: 0, read: async () => {} });

/** A list of the desk: the first few, and the rest on demand. Its number is that of all, read already or not. */
export function Panel<T>({
  id,
  title,
  note,
  total,
  items,
  first,
  none,
  children,
  row,
}: {
  id: string;
  title: string;
  note?: string;
  total: number;
  items: readonly T[];
  /** How many are shown at first. */
  first: number;
  none: ReactNode;
  /** Between the head and the rows. */
  children?: ReactNode;
  row: (x: T) => ReactNode;
}) {
  const [all, setAll] = useState(false);
  // One more row takes no more room than the button that hides it.
  const shown = all || items.length <= first + 1 ? items : items.slice(0, first);
  const hidden = items.length - shown.length;
  const more = useContext(More);
  const [busy, setBusy] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  // the row to which the keyboard goes on, once it is there: the button may be gone by then
  const next = useRef<number>(undefined);
  useEffect(() => {
    if (next.current === undefined || shown.length <= next.current) return;
    list.current?.children[next.current]?.querySelector<HTMLElement>('.dk-link')?.focus();
    next.current = undefined;
  }, [shown.length]);
  const read = async () => {
    next.current = items.length;
    setBusy(true);
    await more.read();
    setBusy(false);
  };
  const unread = total - items.length;
  return (
    <section className="panel dk-panel" aria-labelledby={id}>
      <header className="dk-head">
        <h2 id={id}>{title}</h2>
        {total > 0 && <span className="count">{total}</span>}
        {note && <span className="dk-note">{note}</span>}
      </header>
      {items.length === 0 && none}
      {children}
      <ul ref={list} className="dk-rows">
        {shown.map(row)}
      </ul>
      {(hidden > 0 || all || unread > 0) && (
        <p className="dk-more">
          {hidden === 0 && unread > 0 && (
            <button type="button" className="link" disabled={busy} onClick={() => void read()}>
              {t('desk.showMore', { n: Math.min(unread, more.n) })}
              <span className="sr"> · {title}</span>
            </button>
          )}
          {(hidden > 0 || all) && (
            <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? t('desk.less') : t('desk.more', { n: total - shown.length })}
            </button>
          )}
        </p>
      )}
    </section>
  );
}

/** "3 h", "2 d": how long something has waited. */
export function waited(at: string, now: number): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(at)) / 60_000));
  if (minutes < 1) return t('desk.now');
  if (minutes < 60) return t('desk.minutes', { n: minutes });
  if (minutes < 24 * 60) return t('desk.hours', { n: Math.floor(minutes / 60) });
  return t('desk.days', { n: Math.floor(minutes / (24 * 60)) });
}

/** The same of a blocker; from a day on as its card says it, in calendar days of its board. */
export function blockedFor(at: string, now: number, zone: string): string {
  return now - Date.parse(at) < 24 * 3_600_000
    ? waited(at, now)
    : t('desk.days', { n: blockedDays(at, now, zone) });
}

/** The checklist at the question that it is about. */
export function ToItem({
  list,
  item,
  className = 'dk-link',
  children,
}: {
  list: string;
  /** None: as a whole. */
  item?: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Link
      to="/checklists/$checklist"
      params={{ checklist: list } as never}
      search={(item ? { item } : {}) as never}
      className={className}
    >
      {children}
    </Link>
  );
}
