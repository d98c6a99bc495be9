import { useState } from 'react';
import { api } from '../../lib/api';
import { refresh } from '../../lib/data';
import { toast, toastError } from '../../lib/notify';
import { browserZone, dateWords, dayOf, dayOfDate, moment } from '../../lib/time';
import { Go } from './Go';
import { t } from './messages';
import type { Action, Row } from './types';

/** Marks as read what told of a row that is opened or answered here. */
export function readOf(row: Row): void {
  if (!row.notices?.length) return;
  api
    .post('/notices/read', { ids: row.notices })
    .then(() => refresh('/today', '/notices'))
    .catch(toastError);
}

/** "today", "tomorrow", "Mon 23 Nov". */
function dayWords(day: string): string {
  const away = dayOfDate(day) - dayOf(Date.now(), browserZone());
  return away === 0 ? t('today.later') : away === 1 ? t('today.tomorrow') : dateWords(day);
}

/** What can be done about a row in place, each with its way back; else the way to it. */
export function RowActs({ row }: { row: Row }) {
  const [busy, setBusy] = useState(false);
  const send = async (path: string, body?: unknown) => {
    setBusy(true);
    try {
      await api.post(path, body);
      return true;
    } catch (error) {
      toastError(error);
      return false;
    } finally {
      setBusy(false);
      void refresh('/today');
    }
  };
  const act = async (a: Action) => {
    if (!(await send(a.post, a.body))) return;
    if (a.post !== '/notices/read') readOf(row); // that one has just read what it names, and no more
    const back = a.undo;
    toast({
      text: a.done ?? a.word,
      stay: back ? 30_000 : undefined,
      action: back ? { label: t('today.undo'), run: () => void send(back, a.undoBody) } : undefined,
    });
  };
  const promise = (on: string) =>
    act({
      word: '',
      post: `/blockers/${row.id}/promise`,
      body: { on },
      undo: `/blockers/${row.id}/promise`,
      undoBody: { on: '' },
      done: t('today.have.done', { key: row.key ?? '', day: dayWords(on) }),
    });
  const sit = async (at: string) => {
    if (!(await send(`/asks/${row.id}/sit`, { at }))) return;
    readOf(row);
    toast({
      text: t('today.sit.done', { who: row.who ?? '', when: moment(at) }),
      stay: 30_000,
      action: {
        label: t('today.sit.ics'),
        run: () => window.location.assign(`/api/v1/asks/${row.id}/meeting.ics`),
      },
    });
  };
  return (
    <span className="td-acts">
      {row.actions?.map((a) => (
        <button
          key={a.post}
          type="button"
          className="btn line sm"
          disabled={busy}
          onClick={() => void act(a)}
        >
          {a.word}
          <span className="sr"> {row.title}</span>
        </button>
      ))}
      {row.times && <span className="td-sit">{t('today.sit.or')}</span>}
      {row.times?.map((at) => (
        <button key={at} type="button" className="btn soft sm" disabled={busy} onClick={() => void sit(at)}>
          <span className="sr">{t('today.sit', { when: '' })}</span>
          {moment(at)}
        </button>
      ))}
      {row.days && <span className="td-sit">{t('today.have')}</span>}
      {row.days?.map((day) => (
        <button
          key={day}
          type="button"
          className="btn soft sm"
          disabled={busy}
          title={dateWords(day)}
          onClick={() => void promise(day)}
        >
          <span className="sr">{t('today.have')} </span>
          {dayWords(day)}
        </button>
      ))}
      {!row.actions && !row.days && row.link && row.kind !== 'source.failed' && (
        <Go to={row.link} className="btn line sm td-act" onGo={() => readOf(row)}>
          {t('today.open')}
          <span className="sr"> {row.title}</span>
        </Go>
      )}
    </span>
  );
}
