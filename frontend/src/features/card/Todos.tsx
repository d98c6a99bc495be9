import { Pencil, SquarePlus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Todo } from '../../api/types';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { readDraft, writeDraft } from '../../lib/drafts';
import { useKept } from '../../lib/kept';
import { toast } from '../../lib/notify';
import { useWaiting } from '../../live';
import { InlineEdit } from '../../ui/InlineEdit';
import css from './card.module.css';
import { attempt, useRoom, wantsReason } from './context';
import { KinLine } from './KinLine';
import { t } from './messages';
import { tf } from './messages-full';
import { type Shown, todoLists, todosOf } from './model';
import { Offer } from './Offer';

export function Todos() {
  const { face, detail, can, asked } = useRoom();
  const waiting = useWaiting(face.id);
  if (!detail) return null;
  const todos = todosOf(detail, waiting);
  const done = todos.filter((x) => x.done).length;
  if (todos.length === 0 && asked !== 'todo') return null;
  const lists = todoLists(todos);
  return (
    <section className={css.part} aria-label={t('card.todos')}>
      <div className={css.partHead}>
        <h3>{t('card.todos')}</h3>
        {todos.length > 0 && (
          <>
            <span className={css.quiet}>{t('card.todoProgress', { done, total: todos.length })}</span>
            <progress className={css.progress} max={todos.length} value={done} aria-hidden="true" />
          </>
        )}
      </div>
      {lists.map(([list, items]) => (
        <div key={list}>
          {list && <h4 className={css.listName}>{list}</h4>}
          <ul className={css.todos}>
            {items.map((x) => (
              <Item key={x.id} todo={x} />
            ))}
          </ul>
          {can.work && lists.length > 1 && <Add list={list} />}
        </div>
      ))}
      {can.work && lists.length <= 1 && <Add list={lists[0]?.[0] ?? ''} />}
    </section>
  );
}

function Item({ todo }: { todo: Shown<Todo> }) {
  const { store, face, can, typing, askReason } = useRoom();
  const [begun, setBegun] = useState<{ was: string; draft?: string }>();
  const kept = useKept(`${face.id}.todo.${todo.id}`);
  const promote = async () => {
    const send = (reason?: string) =>
      api.post<{ child: { key: string } }>(`/todos/${todo.id}/promote`, reason ? { reason } : {});
    const made = send().catch(async (error: unknown) => {
      if (!wantsReason(error)) throw error;
      const reason = await askReason(error.detail);
      return reason === undefined ? undefined : send(reason);
    });
    if (!(await attempt(made))) return;
    const key = (await made)?.child.key;
    if (!key) return;
    const said = tf('card.promoted', { key, text: todo.text });
    announce(said);
    toast({ text: said });
  };
  const start = (was: string, draft?: string) => {
    setBegun({ was, draft });
    kept.taken();
    typing(true);
  };
  const stop = () => {
    kept.keep(undefined);
    setBegun(undefined);
    typing(false);
  };
  return (
    <li>
      {begun ? (
        <InlineEdit
          value={begun.was}
          draft={begun.draft}
          label={t('card.renameTodo', { text: todo.text })}
          maxLength={500}
          onType={(text) => kept.keep({ text, base: begun.was })}
          onCancel={stop}
          onSave={(text) => {
            stop();
            void attempt(store.patchTodo(face.id, todo.id, { text, was: begun.was }));
          }}
        />
      ) : null}
      {begun && todo.text !== begun.was && (
        <p className={css.meanwhile} role="status">
          {t('card.changedMeanwhile', { who: t('card.somebody') })} {t('card.theirs')}: {todo.text}
        </p>
      )}
      {!begun && (
        <label data-done={todo.done || undefined} data-became={todo.card?.title === todo.text || undefined}>
          <input
            type="checkbox"
            checked={todo.done}
            disabled={!can.work || Boolean(todo.card)}
            onChange={(e) => void attempt(store.patchTodo(face.id, todo.id, { done: e.target.checked }))}
          />
          {todo.card?.title === todo.text ? (
            <span className="sr">{todo.text}</span>
          ) : (
            <span>{todo.text}</span>
          )}
        </label>
      )}
      {todo.waiting && <span className={css.unsent}>{t('card.waiting')}</span>}
      {can.work && !begun && <Offer kept={kept} short onGoOn={(d) => start(d.base ?? todo.text, d.text)} />}
      {todo.card && <KinLine kin={todo.card} />}
      {can.work && !begun && (
        <span className={css.rowActs}>
          {!todo.card && !todo.done && !todo.waiting && (
            <button
              type="button"
              className="btn ghost sm icon"
              aria-label={tf('card.promote', { text: todo.text })}
              title={tf('card.promote', { text: todo.text })}
              onClick={(e) => {
                // The button goes with what it did; the focus stays in the row.
                (e.currentTarget.nextElementSibling as HTMLElement | null)?.focus();
                void promote();
              }}
            >
              <SquarePlus size={14} aria-hidden />
            </button>
          )}
          <button
            type="button"
            className="btn ghost sm icon"
            aria-label={t('card.renameTodo', { text: todo.text })}
            onClick={() => start(todo.text)}
          >
            <Pencil size={14} aria-hidden />
          </button>
          <button
            type="button"
            className="btn ghost sm icon"
            aria-label={t('card.removeTodo', { text: todo.text })}
            onClick={() => void attempt(store.removeTodo(face.id, todo.id, todo.done))}
          >
            <X size={15} aria-hidden />
          </button>
        </span>
      )}
    </li>
  );
}

function Add({ list }: { list: string }) {
  const { store, face, asked } = useRoom();
  const name = `${face.id}.todos.${list}`;
  const [text, setText] = useState(() => readDraft(name)?.text ?? '');
  const write = (next: string) => {
    setText(next);
    writeDraft(name, { text: next });
  };
  const field = useRef<HTMLInputElement>(null);
  const wanted = asked === 'todo';
  useEffect(() => {
    if (wanted) field.current?.focus();
  }, [wanted]);
  return (
    <form
      className={css.add}
      onSubmit={(e) => {
        e.preventDefault();
        const said = text.replace(/\s+/g, ' ').trim();
        if (!said) return;
        write('');
        announce(t('card.todoAdded'));
        void attempt(store.addTodo(face.id, said, list || undefined)).then((kept) => {
          if (!kept && !field.current?.value) write(said);
        });
        field.current?.focus();
      }}
    >
      <input
        ref={field}
        className="input sm"
        aria-label={list ? `${t('card.addTodo')}: ${list}` : t('card.addTodo')}
        placeholder={t('card.addTodo')}
        maxLength={500}
        value={text}
        onChange={(e) => write(e.target.value)}
      />
    </form>
  );
}
