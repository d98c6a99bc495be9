import { Popover } from '@mantine/core';
import { ListOrdered } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { refresh, useData } from '../../../lib/data';
import { absolute, relative } from '../../../lib/time';
import { useRoom, useUi } from '../context';
import { t } from '../messages-dialogs';
import { sentence } from '../move';
import '../../../ui/menu.css';
import s from './queue.module.css';

interface TopChange {
  seq: number;
  at: string;
  columnId: string;
  personId?: string;
  personName: string;
  cardId: string;
  cardKey: string;
  cardTitle: string;
  from: number;
  to: number;
  why?: string;
}

const SHOWN_FOR = 3 * 86_400_000;

/** A sign in the head of the queue, which takes no line of its own: who changed its first places last, with the list behind it, and where one says why. */
export function TopNote() {
  const { store, me, canWork } = useRoom();
  const path = `/boards/${store.boardId}/top-changes`;
  const { data } = useData<{ items: TopChange[] }>(path);
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const now = useUi((u) => u.now);
  useEffect(
    () =>
      store.onEvent((e) => {
        if (e.type === 'queue.explained' || e.data.top || e.data.undoOf) void refresh(path);
      }),
    [store, path],
  );
  const last = data?.items[0];
  if (!last || now - Date.parse(last.at) > SHOWN_FOR) return null;
  const words = t('board.orderChanged', { who: last.personName, when: relative(last.at, now) });
  const mine = data.items.find((c) => c.personId === me().person.id && !c.why);
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-start"
      withinPortal
      trapFocus
      returnFocus
      width={320}
    >
      <Popover.Target>
        <button
          type="button"
          className={s.note}
          aria-label={words}
          title={words}
          onClick={() => setOpen(!open)}
        >
          <ListOrdered size={14} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div ref={list} className={s.list} tabIndex={-1}>
          <h3>{t('board.topTitle')}</h3>
          <p>{t('board.topHint')}</p>
          {mine && canWork() && (
            <Explain key={mine.seq} change={mine} path={path} onSaid={() => list.current?.focus()} />
          )}
          <ol>
            {data.items.map((c) => (
              <li key={c.seq}>
                <b>{what(c)}</b> <span className={s.title}>{c.cardTitle}</span>
                {c.why && <q>{c.why}</q>}
                <small title={absolute(c.at)}>
                  {t('board.topBy', { who: c.personName, when: relative(c.at, now) })}
                </small>
              </li>
            ))}
          </ol>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function what(c: TopChange): string {
  const at = { key: c.cardKey, from: c.from, to: c.to };
  if (!c.to) return t('board.topOut', at);
  return t(c.from ? 'board.topFromTo' : 'board.topTo', at);
}

/** One field, and only when one has changed something without a word. */
function Explain({ change, path, onSaid }: { change: TopChange; path: string; onSaid: () => void }) {
  const [why, setWhy] = useState('');
  const [wrong, setWrong] = useState('');
  const id = useId();
  const say = async () => {
    if (!why.trim()) return;
    try {
      await api.post(`${path}/${change.seq}`, { why: why.trim() });
      announce(t('board.topSaid'));
      onSaid(); // this form goes, and the focus would go with it
      await refresh(path);
    } catch (error) {
      setWrong(sentence(error));
    }
  };
  return (
    <form
      className={s.explain}
      onSubmit={(e) => {
        e.preventDefault();
        void say();
      }}
    >
      <label htmlFor={id}>{t('board.topWhyOf', { key: change.cardKey })}</label>
      <div>
        <input
          id={id}
          className="input sm"
          maxLength={500}
          value={why}
          placeholder={t('board.topWhy')}
          onChange={(e) => setWhy(e.target.value)}
        />
        <button type="submit" className="btn line sm" disabled={!why.trim()}>
          {t('board.topSay')}
        </button>
      </div>
      {wrong && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
    </form>
  );
}
