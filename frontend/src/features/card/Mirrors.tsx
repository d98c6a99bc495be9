import { Unlink } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { BoardEvent, Detail, Me, MirrorPlace } from '../../api/types';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { toast, toastError } from '../../lib/notify';
import { hasRight, useSession } from '../../lib/session';
import { useWish } from '../../lib/wish';
import { onTopic } from '../../live';
import { Field } from '../../ui/Dialog';
import css from './card.module.css';
import { attempt, useRoom } from './context';
import { t } from './messages';

interface Glance {
  id: string;
  name: string;
  teamId: string;
  teamName: string;
  columns: { id: string; name: string }[];
}

/** The other boards that show this card, and the way to one more. */
export function Mirrors() {
  const { face, detail, can, again } = useRoom();
  const me = useMeIfAny();
  const [adding, setAdding] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  useWish('mirror', face.key, () => setAdding(true));
  const places = detail?.mirrors ?? [];
  const boards = places.map((p) => p.boardId).join(' ');
  // A mirror moves without a word to the card's own board: those where it stands say it.
  useEffect(() => {
    const ways = boards.split(' ').filter(Boolean);
    const offs = ways.map((b) => onTopic(`board:${b}`, (e) => movesMirror(e, face.id) && again()));
    return () => {
      for (const off of offs) off();
    };
  }, [boards, face.id, again]);
  const anywhere = me && (me.person.role === 'admin' || me.teams.some((x) => hasRight(me, x.id, 'worker')));
  // Somebody who works elsewhere may want it there, though they do not work here.
  const may = anywhere && !detail?.card.archivedAt;
  if (!detail || (places.length === 0 && !may && !can.work)) return null;
  const close = () => {
    setAdding(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  return (
    <section className={css.part} aria-label={t('card.mirrors')}>
      <div className={css.partHead}>
        <h3>{t('card.mirrors')}</h3>
        {places.length > 0 && <span className="count">{places.length}</span>}
        {may && !adding && (
          <button ref={opener} type="button" className="btn ghost sm" onClick={() => setAdding(true)}>
            {t('card.mirrorAdd')}
          </button>
        )}
      </div>
      {places.length > 0 && (
        <ul className={css.list}>
          {places.map((p) => (
            <Place key={p.boardId} place={p} />
          ))}
        </ul>
      )}
      {adding && <MirrorForm taken={places.map((p) => p.boardId)} onDone={close} />}
    </section>
  );
}

/** Whether an event of a board that shows the card changes where it is said to stand there. */
const movesMirror = (e: BoardEvent, id: string) =>
  e.type === 'card.moved'
    ? (e.data as { card?: { id?: string } }).card?.id === id
    : e.type.startsWith('column.') || e.type === 'board.updated';

/** A screen on the wall shows cards too, and nobody is signed in there. */
function useMeIfAny(): Me | undefined {
  const session = useSession();
  return session.state === 'in' ? session.me : undefined;
}

function Place({ place: p }: { place: MirrorPlace }) {
  const { face } = useRoom();
  const remove = async () => {
    const path = `/cards/${face.id}/mirrors`;
    let columnId = p.columnId;
    try {
      // a mirror moves without a word to the card's own board: where it stands now is asked for the way back
      const { mirrors } = await api.get<Detail>(`/cards/${face.id}`);
      columnId = mirrors.find((m) => m.boardId === p.boardId)?.columnId ?? columnId;
      await api.del(`${path}/${p.boardId}`);
    } catch (error) {
      toastError(error);
      return;
    }
    const text = t('card.mirrorGone', { key: face.key, board: p.boardName });
    announce(text);
    toast({
      text,
      stay: 30_000,
      action: {
        label: t('card.undo'),
        run: () => void attempt(api.post(path, { boardId: p.boardId, columnId })),
      },
    });
  };
  return (
    <li className={css.row}>
      <span>
        <a href={`/b/${p.boardId}?card=${encodeURIComponent(face.key)}`}>
          {p.teamName} · {p.boardName}
        </a>{' '}
        <span className={css.sub}>{p.columnName}</span>
      </span>
      {p.canRemove && (
        <button
          type="button"
          className="btn ghost sm"
          aria-label={t('card.mirrorRemoveFrom', { board: p.boardName })}
          onClick={() => void remove()}
        >
          <Unlink size={15} aria-hidden />
          <span>{t('card.mirrorRemove')}</span>
        </button>
      )}
    </li>
  );
}

function MirrorForm({ taken, onDone }: { taken: readonly string[]; onDone: () => void }) {
  const { face, detail } = useRoom();
  const me = useMeIfAny();
  const [boards, setBoards] = useState<readonly Glance[]>();
  const [boardId, setBoard] = useState('');
  const [columnId, setColumn] = useState('');
  const [said, setSaid] = useState('');
  const first = useRef<HTMLSelectElement>(null);
  // asked once for each opening: what is taken meanwhile is refused by the server
  const asked = useRef({ own: detail?.card.boardId, taken, me });
  useEffect(() => {
    let here = true;
    const { own, taken, me } = asked.current;
    api.get<{ items: Glance[] }>('/boards').then(
      ({ items }) => {
        if (!here) return;
        const may = items.filter(
          (b) => b.id !== own && !taken.includes(b.id) && me && hasRight(me, b.teamId, 'worker'),
        );
        setBoards(may);
        setBoard(may[0]?.id ?? '');
        setColumn(may[0]?.columns[0]?.id ?? '');
        requestAnimationFrame(() => first.current?.focus());
      },
      (error: Error) => here && setSaid(error.message),
    );
    return () => {
      here = false;
    };
  }, []);
  const columns = boards?.find((b) => b.id === boardId)?.columns ?? [];
  const save = async () => {
    try {
      await api.post(`/cards/${face.id}/mirrors`, { boardId, columnId });
    } catch (error) {
      setSaid((error as Error).message);
      return;
    }
    const name = boards?.find((b) => b.id === boardId)?.name ?? '';
    const text = t('card.mirrorMade', { key: face.key, board: name });
    announce(text);
    toast({
      text,
      action: {
        label: t('card.undo'),
        run: () => void attempt(api.del(`/cards/${face.id}/mirrors/${boardId}`)),
      },
    });
    onDone();
  };
  return (
    <form
      className={css.form}
      aria-label={t('card.mirrorAdd')}
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return;
        e.preventDefault();
        e.stopPropagation();
        onDone();
      }}
    >
      {boards?.length === 0 ? (
        <p className={css.sub}>{t('card.mirrorNowhere')}</p>
      ) : (
        <>
          <p className={css.sub}>{t('card.mirrorHint')}</p>
          <Field label={t('card.mirrorBoard')}>
            <select
              ref={first}
              className="input sm"
              value={boardId}
              disabled={!boards}
              onChange={(e) => {
                setBoard(e.target.value);
                setColumn(boards?.find((b) => b.id === e.target.value)?.columns[0]?.id ?? '');
              }}
            >
              {boards?.map((b) => (
                <option key={b.id} value={b.id}>
                  {b.teamName} · {b.name}
                </option>
              ))}
            </select>
          </Field>
          <Field label={t('card.column')}>
            <select className="input sm" value={columnId} onChange={(e) => setColumn(e.target.value)}>
              {columns.map((c) => (
                <option key={c.id} value={c.id}>
                  {c.name}
                </option>
              ))}
            </select>
          </Field>
        </>
      )}
      {said && (
        <p className={css.note} role="alert">
          {said}
        </p>
      )}
      <div className={css.formFoot}>
        <button type="button" className="btn line sm" onClick={onDone}>
          {t('card.cancel')}
        </button>
        {boards?.length !== 0 && (
          <button type="submit" className="btn sm" disabled={!columnId}>
            {t('card.mirrorDo')}
          </button>
        )}
      </div>
    </form>
  );
}
