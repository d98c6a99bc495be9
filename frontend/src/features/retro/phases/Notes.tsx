import { ArrowUp, CalendarClock, Check, CloudUpload, Pencil, X } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { moment } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import { Cols } from '../Cols';
import { Facts } from '../Facts';
import { t } from '../messages';
import { useRoom } from '../room';
import type { Column, Note } from '../types';
import { columnOf, first, isRevealed, keepNoteDraft, lastLine, noteDraft } from '../words';
import '../notes.css';
import { LateThought } from './LateThought';

const MOST = 1000;

/** Writing and reading: until the reveal one's own notes and the shapes of the others', then all of them. */
export function Notes({ phase }: { phase: 'open' | 'write' | 'reveal' }) {
  const { view, retro, tab, me } = useRoom();
  const open = !isRevealed(view.retro);
  const writes = open && view.me.canWrite;
  const [drafts, setDrafts] = useState<Record<string, string>>(() =>
    Object.fromEntries(view.columns.map((c) => [c.key, noteDraft(retro.id, c.key)])),
  );
  const draft = (column: string, text: string) => {
    setDrafts((d) => ({ ...d, [column]: text }));
    keepNoteDraft(retro.id, column, text);
  };
  const add = (column: string) => {
    const text = (drafts[column] ?? '').trim();
    if (!text) return;
    retro.act({ do: 'note', column, text });
    draft(column, '');
  };
  // One's own stand under the field in which they were written.
  const notesOf = (column: string) => {
    const all = view.notes.filter((n) => n.column === column);
    return open ? [...all.filter((n) => n.mine), ...all.filter((n) => !n.mine)] : all;
  };
  const here = columnOf(view, tab);
  return (
    <>
      {phase === 'open' && <Collecting />}
      {phase === 'reveal' ? <Revealed /> : <Facts />}
      <Cols count={(c) => view.notes.filter((n) => n.column === c).length}>
        {(c) => {
          const notes = notesOf(c.key);
          return (
            <ul>
              {writes && (
                <li className="rt-in">
                  <Field column={c} value={drafts[c.key] ?? ''} onType={draft} onAdd={add} />
                </li>
              )}
              {notes.map((n) =>
                n.text === undefined ? (
                  <Shape key={n.id} note={n} />
                ) : (
                  <NoteItem key={n.id} note={n} open={open} me={me} />
                ),
              )}
              {notes.length === 0 && !writes && <li className="rt-none">{t('rt.noNotes')}</li>}
            </ul>
          );
        }}
      </Cols>
      {phase === 'reveal' && <LateThought />}
      {writes && here && (
        <form
          className="rt-composer"
          onSubmit={(e) => {
            e.preventDefault();
            add(here.key);
          }}
        >
          <textarea
            className="input"
            rows={1}
            maxLength={MOST}
            aria-label={t('rt.writeIn', { column: here.title })}
            placeholder={t('rt.writeIn', { column: here.title })}
            value={drafts[here.key] ?? ''}
            onChange={(e) => draft(here.key, e.target.value)}
          />
          <button type="submit" className="btn line icon" aria-label={t('rt.add')}>
            <ArrowUp size={18} aria-hidden />
          </button>
          {phase !== 'open' && (
            <button
              type="button"
              className="btn soft icon"
              aria-label={t('rt.iAmDone')}
              aria-pressed={view.me.done}
              onClick={() => retro.act({ do: 'done', done: !view.me.done })}
            >
              <Check size={18} aria-hidden />
            </button>
          )}
        </form>
      )}
    </>
  );
}

/** Before the meeting: until when, and how much there is. */
function Collecting() {
  const { view } = useRoom();
  const until = view.retro.opensUntil ?? '';
  const over = Date.parse(until) <= useNow(60_000);
  return (
    <section className="panel rt-open">
      <CalendarClock size={20} aria-hidden />
      <div>
        <h2>{t(over ? 'rt.open.over' : 'rt.open.until', { time: moment(until) })}</h2>
        <p>{t(over ? 'rt.open.overText' : 'rt.open.text')}</p>
      </div>
      {view.collected && <p className="num">{t('rt.open.n', { ...view.collected })}</p>}
    </section>
  );
}

function Revealed() {
  const { view } = useRoom();
  const { answers } = view.checkin;
  return (
    <>
      <p className="rt-lead">{t('rt.revealN', { n: view.notes.length })}</p>
      {answers.length > 0 && (
        <details className="rt-answers" open>
          <summary>{t('rt.said')}</summary>
          <Answers />
        </details>
      )}
    </>
  );
}

/** What was answered at the check-in. */
export function Answers() {
  const { view } = useRoom();
  return (
    <ul className="rt-said">
      {view.checkin.answers.map((a, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: answers carry no id, so that they tell nothing
        <li key={i}>
          {a.text}
          {a.author && <small> {t('rt.noteBy', { name: first(a.author.name) })}</small>}
        </li>
      ))}
    </ul>
  );
}

function Field({
  column,
  value,
  onType,
  onAdd,
}: {
  column: Column;
  value: string;
  onType: (column: string, text: string) => void;
  onAdd: (column: string) => void;
}) {
  const keys = (e: KeyboardEvent<HTMLTextAreaElement>) => {
    if (e.nativeEvent.isComposing) return;
    if (e.key === 'Enter' && !e.shiftKey) {
      e.preventDefault();
      onAdd(column.key);
    } else if (e.key === 'Escape') {
      e.stopPropagation();
      e.currentTarget.blur();
    }
  };
  return (
    <>
      <textarea
        rows={1}
        maxLength={MOST}
        aria-label={t('rt.writeIn', { column: column.title })}
        placeholder={t('rt.write')}
        value={value}
        onChange={(e) => onType(column.key, e.target.value)}
        onKeyDown={keys}
      />
      <small aria-hidden="true">
        <kbd>Enter</kbd> {t('rt.adds')} · <kbd>Esc</kbd> {t('rt.keeps')}
      </small>
    </>
  );
}

function Shape({ note }: { note: Note }) {
  return (
    <li className="rt-note" data-shape="">
      <span className="sr">{t('rt.shape', { n: note.lines })}</span>
      {Array.from({ length: note.lines }, (_, i) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one shape never reorder
          key={i}
          style={{ width: i === note.lines - 1 ? `${lastLine(note.id)}%` : `${100 - ((i * 7) % 10)}%` }}
        />
      ))}
    </li>
  );
}

export const Unsent = () => (
  <span className="rt-unsent">
    <CloudUpload size={13} aria-hidden />
    {t('rt.unsent')}
  </span>
);

function NoteItem({ note, open, me }: { note: Note; open: boolean; me: string }) {
  const { retro } = useRoom();
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const text = note.text ?? '';
  const mayChange = note.mine && open && !note.unsent;
  const leave = () => {
    setEditing(false);
    setTimeout(() => button.current?.focus());
  };
  if (editing)
    return (
      <li className="rt-in" data-edit="">
        <textarea
          // biome-ignore lint/a11y/noAutofocus: the press that opened it asked for it
          autoFocus
          defaultValue={text}
          maxLength={MOST}
          aria-label={t('rt.noteText')}
          onBlur={(e) => {
            const next = e.currentTarget.value.trim();
            if (next && next !== text) retro.act({ do: 'edit', id: note.id, text: next });
            setEditing(false);
          }}
          onKeyDown={(e) => {
            if (e.nativeEvent.isComposing) return;
            if (e.key === 'Enter' && !e.shiftKey) {
              e.preventDefault();
              const next = e.currentTarget.value.trim();
              if (next && next !== text) retro.act({ do: 'edit', id: note.id, text: next });
              leave();
            } else if (e.key === 'Escape') {
              e.stopPropagation();
              leave();
            }
          }}
        />
      </li>
    );
  return (
    <li className="rt-note" data-mine={note.mine || undefined}>
      <p>{text}</p>
      <small>
        {note.mine && !note.author && <span>{t('rt.you')}</span>}
        {note.author && <span>{note.author.id === me ? t('rt.you') : first(note.author.name)}</span>}
        {note.late && <span>{t('rt.lateMark')}</span>}
        {note.unsent && <Unsent />}
        {mayChange && (
          <span className="rt-note-a">
            <button
              ref={button}
              type="button"
              aria-label={t('rt.edit', { text: text.slice(0, 60) })}
              onClick={() => setEditing(true)}
            >
              <Pencil size={13} aria-hidden />
            </button>
            <button
              type="button"
              aria-label={t('rt.remove', { text: text.slice(0, 60) })}
              onClick={() => retro.act({ do: 'drop', id: note.id })}
            >
              <X size={14} aria-hidden />
            </button>
          </span>
        )}
      </small>
    </li>
  );
}
