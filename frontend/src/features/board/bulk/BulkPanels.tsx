import { useMemo, useState } from 'react';
import { CARD_CLASSES } from '../../../api/types';
import { dropVerdict } from '../../../lib/limits';
import { Avatar } from '../../../ui/Avatar';
import { useColumns, useLive, usePeople, useRoom } from '../context';
import m from '../menus/menus.module.css';
import { t as board } from '../messages-dialogs';
import { className } from '../words';
import { changeAll, selectedNow } from './bulk';
import s from './bulk.module.css';
import { t } from './messages';

interface Props {
  onClose: () => void;
}

/** Columns, each with what its limit says to so many newcomers. */
export function MovePanel({ onClose }: Props) {
  const room = useRoom();
  const columns = useColumns();
  const [top, setTop] = useState(false);
  const ids = selectedNow(room);
  const { store, view } = room;
  const to = (columnId: string, column: string) => {
    const first = store.columnOrder(columnId).find((id) => !ids.includes(id));
    const beside = top && first ? { beforeId: first } : {};
    onClose();
    void changeAll(room, { move: { columnId, ...beside } }, { text: (n) => t('bulk.moved', { n, column }) });
  };
  return (
    <div className={m.form}>
      <fieldset className={s.ends} aria-label={board('board.position')}>
        {[false, true].map((on) => (
          <label key={String(on)}>
            <input type="radio" name="bulk-end" checked={top === on} onChange={() => setTop(on)} />
            {t(on ? 'bulk.top' : 'bulk.end')}
          </label>
        ))}
      </fieldset>
      <ul className={s.list}>
        {columns.map((c, i) => {
          const coming = ids.filter((id) => store.card(id)?.columnId !== c.id).length;
          const verdict = dropVerdict(c.wip, store.columnCount(c.id) + coming - 1, coming === 0);
          const note =
            coming === 0
              ? t('bulk.allHere')
              : verdict.tone === 'refuse'
                ? board('board.drop.full', { count: verdict.count, max: verdict.max ?? 0 })
                : verdict.tone === 'ok'
                  ? ''
                  : board('board.drop.warn', { count: verdict.count, max: verdict.max ?? 0 });
          return (
            <li key={c.id}>
              <button
                type="button"
                data-autofocus={i === firstOther(view.columnIds, ids, store) || undefined}
                onClick={() => to(c.id, c.name)}
              >
                <span>{c.name}</span>
                {note && (
                  <span
                    className={m.note}
                    data-tone={coming && verdict.tone !== 'ok' ? verdict.tone : undefined}
                  >
                    {note}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function firstOther(
  columnIds: readonly string[],
  ids: readonly string[],
  store: { card: (id: string) => { columnId: string } | undefined },
): number {
  return Math.max(
    0,
    columnIds.findIndex((c) => ids.some((id) => store.card(id)?.columnId !== c)),
  );
}

/** Ticks of three kinds: on all, on some, on none. */
function Ticks({
  rows,
  empty,
  onChange,
}: {
  rows: { id: string; name: React.ReactNode; has: number }[];
  empty: string;
  onChange: (id: string, on: boolean) => void;
}) {
  const room = useRoom();
  const all = selectedNow(room).length;
  if (rows.length === 0) return <p className={m.none}>{empty}</p>;
  return (
    <ul className={m.checks}>
      {rows.map((r) => (
        <li key={r.id}>
          <label>
            <input
              type="checkbox"
              checked={r.has === all}
              ref={(el) => {
                if (el) el.indeterminate = r.has > 0 && r.has < all;
              }}
              onChange={() => onChange(r.id, r.has < all)}
            />
            <span className={m.grow}>{r.name}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}

export function AssignPanel(_: Props) {
  const room = useRoom();
  const people = usePeople();
  const [text, setText] = useState('');
  useLive('cards', (st) => st.cardIds());
  const cards = selectedNow(room).map((id) => room.store.card(id));
  const want = text.trim().toLocaleLowerCase();
  const meId = room.me().person.id;
  const rows = [...people.values()]
    .filter((p) => p.active && p.name.toLocaleLowerCase().includes(want))
    .sort((a, b) => Number(b.id === meId) - Number(a.id === meId) || a.name.localeCompare(b.name))
    .map((p) => ({
      id: p.id,
      has: cards.filter((c) => c?.ownerIds.includes(p.id)).length,
      name: (
        <span className={s.person}>
          <Avatar person={p} size={22} decorative />
          {p.id === meId ? board('board.meName', { name: p.name }) : p.name}
        </span>
      ),
    }));
  return (
    <div className={m.form}>
      <input
        className="input sm"
        type="search"
        data-autofocus
        value={text}
        placeholder={board('board.findPerson')}
        aria-label={board('board.findPerson')}
        onChange={(e) => setText(e.target.value)}
      />
      <Ticks
        rows={rows}
        empty={board('board.nobodyFound')}
        onChange={(id, on) =>
          void changeAll(
            room,
            { owners: on ? { add: [id] } : { remove: [id] } },
            { text: (n) => t('bulk.owners', { n }) },
          )
        }
      />
    </div>
  );
}

export function LabelsPanel(_: Props) {
  const room = useRoom();
  const [text, setText] = useState('');
  const ids = useLive('cards', (st) => st.cardIds());
  const faces = selectedNow(room).map((id) => room.store.card(id));
  const known = useMemo(() => {
    const all = new Set<string>();
    for (const id of ids) for (const l of room.store.card(id)?.labels ?? []) all.add(l);
    return [...all].sort((a, b) => a.localeCompare(b));
  }, [ids, room.store]);
  const want = text.trim();
  const set = (label: string, on: boolean) =>
    void changeAll(
      room,
      { labels: on ? { add: [label] } : { remove: [label] } },
      { text: (n) => t('bulk.labelled', { n }) },
    );
  const rows = known
    .filter((l) => l.toLocaleLowerCase().includes(want.toLocaleLowerCase()))
    .slice(0, 60)
    .map((l) => ({
      id: l,
      has: faces.filter((c) => c?.labels.includes(l)).length,
      name: <span className="tag">{l}</span>,
    }));
  return (
    <form
      className={m.form}
      onSubmit={(e) => {
        e.preventDefault();
        if (want) set(want, true);
        setText('');
      }}
    >
      <input
        className="input sm"
        data-autofocus
        value={text}
        maxLength={50}
        placeholder={board('board.findLabel')}
        aria-label={board('board.findLabel')}
        onChange={(e) => setText(e.target.value)}
      />
      <Ticks rows={rows} empty="" onChange={set} />
      {want && !known.includes(want) && (
        <button type="submit" className="btn soft sm">
          {board('board.addLabel', { label: want })}
        </button>
      )}
    </form>
  );
}

export function ClassPanel({ onClose }: Props) {
  const room = useRoom();
  return (
    <ul className={s.list}>
      {CARD_CLASSES.map((c, i) => (
        <li key={c}>
          <button
            type="button"
            data-autofocus={i === 0 || undefined}
            onClick={() => {
              onClose();
              void changeAll(
                room,
                { class: c },
                { text: (n) => t('bulk.classed', { n, name: className(c) }) },
              );
            }}
          >
            {className(c)}
          </button>
        </li>
      ))}
    </ul>
  );
}
