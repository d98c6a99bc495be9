import { Pencil, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Todo } from '../../api/types';
import { announce } from '../../lib/announce';
import { useWaiting } from '../../live';
import { InlineEdit } from '../../ui/InlineEdit';
import css from './card.module.css';
import { attempt, useRoom } from './context';
import { t } from './messages';
import { type Shown, todoLists, todosOf } from './model';

export function Todos() {
  const { face, detail, can } = useRoom();
  const waiting = useWaiting(face.id);
  if (!detail) return null;
  const todos = todosOf(detail, waiting);
  const done = todos.filter((x) => x.done).length;
  if (todos.length === 0 && !can.work) return null;
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
  const { store, face, can, typing } = useRoom();
  const [renaming, setRenaming] = useState(false);
  const stop = () => {
    setRenaming(false);
    typing(false);
  };
  return (
    <li>
      {renaming ? (
        <InlineEdit
          value={todo.text}
          label={t('card.renameTodo', { text: todo.text })}
          maxLength={500}
          onCancel={stop}
          onSave={(text) => {
            stop();
            void attempt(store.patchTodo(face.id, todo.id, { text }));
          }}
        />
      ) : (
        <label data-done={todo.done || undefined}>
          <input
            type="checkbox"
            checked={todo.done}
            disabled={!can.work}
            onChange={(e) => void attempt(store.patchTodo(face.id, todo.id, { done: e.target.checked }))}
          />
          <span>{todo.text}</span>
        </label>
      )}
      {todo.waiting && <span className={css.unsent}>{t('card.waiting')}</span>}
      {can.work && !renaming && (
        <span className={css.rowActs}>
          <button
            type="button"
            className="btn ghost sm icon"
            aria-label={t('card.renameTodo', { text: todo.text })}
            onClick={() => {
              setRenaming(true);
              typing(true);
            }}
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
  const { store, face } = useRoom();
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      className={css.add}
      onSubmit={(e) => {
        e.preventDefault();
        const said = text.replace(/\s+/g, ' ').trim();
        if (!said) return;
        setText('');
        announce(t('card.todoAdded'));
        void attempt(store.addTodo(face.id, said, list || undefined)).then((kept) => {
          if (!kept) setText((now) => now || said);
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
        onChange={(e) => setText(e.target.value)}
      />
    </form>
  );
}
