import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { Combine, Pencil, Ungroup } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { InlineEdit } from '../../../ui/InlineEdit';
import { Cols } from '../Cols';
import { t } from '../messages';
import { useRoom } from '../room';
import type { Group, Note } from '../types';
import { first } from '../words';
import { LateThought } from './LateThought';
import { PutTogether } from './PutTogether';
import '../groups.css';
import '../notes.css';
import { notesOf } from './Votes';

/** A finger drags no note. */
const TOUCH = typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches;

/** What is in the hand, or what it can be put upon: a note, or a group with its notes. */
export interface Bundle {
  noteIds: string[];
  groupId?: string;
  title: string;
  column: string;
}

const bundleOf = (g: Group): Bundle => ({
  noteIds: g.noteIds,
  groupId: g.id,
  title: g.title,
  column: g.column,
});
const single = (n: Note): Bundle => ({ noteIds: [n.id], title: n.text ?? '', column: n.column });

/** Notes that say the same are put together: by dragging, or by a menu that needs no pointer. */
export function Groups() {
  const { view, retro } = useRoom();
  const open = view.retro.phase === 'group' && view.me.canWrite;
  const [menu, setMenu] = useState<Bundle>();
  const root = useRef<HTMLDivElement>(null);
  // A note that moves is drawn anew in its group; who moved it by the keyboard goes with it.
  const want = useRef<string>(undefined);
  useEffect(() => {
    if (!want.current || (document.activeElement && document.activeElement !== document.body)) return;
    const home = root.current?.querySelector(`[data-notes~="${CSS.escape(want.current)}"]`);
    home?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); // another column may be out of sight
    home?.querySelector('button')?.focus({ preventScroll: true });
  });
  // What is dragged to the edge takes the columns along that are out of sight.
  useEffect(() => {
    const columns = root.current?.querySelector('.rt-cols');
    const page = root.current?.closest('.page');
    if (!open || !columns || !page) return;
    let stop: (() => void) | undefined;
    let left = false;
    void import('./auto-scroll').then(({ autoScrollForElements, combine: all }) => {
      const held = [columns, page].map((element) =>
        autoScrollForElements({ element, canScroll: ({ source }) => source.data.retro === true }),
      );
      if (left) all(...held)();
      else stop = all(...held);
    });
    return () => {
      left = true;
      stop?.();
    };
  }, [open]);
  const put = (what: Bundle, onto: Bundle) => {
    if (what.groupId && what.groupId === onto.groupId) return;
    if (what.noteIds.every((id) => onto.noteIds.includes(id))) return;
    want.current = what.noteIds[0];
    // A group that is on its way has no name yet to be called by.
    const known = onto.groupId && !onto.groupId.startsWith('new-');
    if (known) retro.act({ do: 'group', noteIds: what.noteIds, into: onto.groupId });
    else retro.act({ do: 'group', noteIds: [...onto.noteIds, ...what.noteIds] });
  };
  const loose = (column: string) => view.notes.filter((n) => n.column === column && !n.groupId);
  const groups = (column: string) => view.groups.filter((g) => g.column === column);
  const all = [...view.groups.map(bundleOf), ...view.notes.filter((n) => !n.groupId).map(single)];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches where the focus goes
    <div
      ref={root}
      className="rt-group"
      onFocus={(e) => {
        const id = want.current;
        if (id && !e.target.closest(`[data-notes~="${CSS.escape(id)}"]`)) want.current = undefined;
      }}
    >
      {open && <p className="rt-lead">{t(TOUCH ? 'rt.group.touch' : 'rt.group.text')}</p>}
      <LateThought />
      <Cols count={(c) => groups(c).length + loose(c).length}>
        {(c) => (
          <ul>
            {groups(c.key).map((g) => (
              <Spot key={g.id} is={bundleOf(g)} open={open} className="rt-grp" onDrop={put}>
                <GroupHead group={g} open={open} onMenu={() => setMenu(bundleOf(g))} />
                <ul>
                  {notesOf(view, g).map((n) => (
                    <Inside key={n.id} note={n} open={open} />
                  ))}
                </ul>
              </Spot>
            ))}
            {loose(c.key).map((n) => (
              <Spot key={n.id} is={single(n)} open={open} className="rt-note" onDrop={put}>
                <p>{n.text}</p>
                <small>
                  {n.author && <span>{first(n.author.name)}</span>}
                  {n.late && <span>{t('rt.lateMark')}</span>}
                  {open && (
                    <button
                      type="button"
                      className="btn ghost sm"
                      aria-haspopup="dialog"
                      aria-label={t('rt.togetherWhat', { title: (n.text ?? '').slice(0, 60) })}
                      onClick={() => setMenu(single(n))}
                    >
                      <Combine size={14} aria-hidden />
                      {t('rt.together')}
                    </button>
                  )}
                </small>
              </Spot>
            ))}
            {groups(c.key).length + loose(c.key).length === 0 && (
              <li className="rt-none">{t('rt.noNotes')}</li>
            )}
          </ul>
        )}
      </Cols>
      {menu && (
        <PutTogether
          what={menu}
          others={all.filter((x) => x.noteIds[0] !== menu.noteIds[0])}
          onClose={() => setMenu(undefined)}
          onChoose={(onto) => {
            setMenu(undefined);
            put(menu, onto);
          }}
        />
      )}
    </div>
  );
}

/** Something that can be dragged, and dropped upon. */
function Spot({
  is,
  open,
  className,
  onDrop,
  children,
}: {
  is: Bundle;
  open: boolean;
  className: string;
  onDrop: (what: Bundle, onto: Bundle) => void;
  children: ReactNode;
}) {
  const ref = useRef<HTMLLIElement>(null);
  const [over, setOver] = useState(false);
  const [held, setHeld] = useState(false);
  const latest = useRef({ is, onDrop });
  latest.current = { is, onDrop };
  useEffect(() => {
    const element = ref.current;
    if (!element || !open) return;
    const other = (data: Record<string, unknown>) =>
      data.retro === true && (data.is as Bundle).noteIds[0] !== latest.current.is.noteIds[0];
    return combine(
      draggable({
        element,
        getInitialData: () => ({ retro: true, is: latest.current.is }),
        onDragStart: () => setHeld(true),
        onDrop: () => setHeld(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => other(source.data),
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source, location }) => {
          setOver(false);
          if (location.current.dropTargets[0]?.element === element)
            latest.current.onDrop(source.data.is as Bundle, latest.current.is);
        },
      }),
    );
  }, [open]);
  return (
    <li
      ref={ref}
      className={className}
      data-notes={is.noteIds.join(' ')}
      data-over={over || undefined}
      data-held={held || undefined}
      data-free={open || undefined}
    >
      {children}
    </li>
  );
}

function GroupHead({ group: g, open, onMenu }: { group: Group; open: boolean; onMenu: () => void }) {
  const { retro } = useRoom();
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const done = () => {
    setEditing(false);
    setTimeout(() => button.current?.focus());
  };
  if (editing)
    return (
      <InlineEdit
        value={g.title}
        label={t('rt.groupTitle')}
        maxLength={120}
        onSave={(title) => {
          retro.act({ do: 'title', id: g.id, title });
          done();
        }}
        onCancel={done}
      />
    );
  return (
    <div className="rt-grp-h">
      <h3>{g.title}</h3>
      {open && !g.id.startsWith('new-') && (
        <>
          <button
            ref={button}
            type="button"
            className="btn ghost sm icon"
            aria-label={t('rt.renameWhat', { title: g.title })}
            title={t('rt.rename')}
            onClick={() => setEditing(true)}
          >
            <Pencil size={14} aria-hidden />
          </button>
          <button
            type="button"
            className="btn ghost sm icon"
            aria-haspopup="dialog"
            aria-label={t('rt.togetherWhat', { title: g.title })}
            title={t('rt.together')}
            onClick={onMenu}
          >
            <Combine size={14} aria-hidden />
          </button>
        </>
      )}
    </div>
  );
}

function Inside({ note, open }: { note: Note; open: boolean }) {
  const { retro } = useRoom();
  return (
    <li>
      <span>
        {note.text}
        {note.author && <small> {first(note.author.name)}</small>}
      </span>
      {open && (
        <button
          type="button"
          className="btn ghost sm icon"
          aria-label={t('rt.takeOutWhat', { text: (note.text ?? '').slice(0, 60) })}
          title={t('rt.takeOut')}
          onClick={() => retro.act({ do: 'ungroup', id: note.id })}
        >
          <Ungroup size={14} aria-hidden />
        </button>
      )}
    </li>
  );
}
