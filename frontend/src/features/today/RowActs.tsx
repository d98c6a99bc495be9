import { useState } from 'react';
import { api } from '../../lib/api';
import { refresh } from '../../lib/data';
import { toast, toastError } from '../../lib/notify';
import { moment } from '../../lib/time';
import { Go } from './Go';
import { t } from './messages';
import type { Action, Row } from './types';

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
    const back = a.undo;
    toast({
      text: a.done ?? a.word,
      stay: back ? 30_000 : undefined,
      action: back ? { label: t('today.undo'), run: () => void send(back) } : undefined,
    });
  };
  const sit = async (at: string) => {
    if (await send(`/asks/${row.id}/sit`, { at }))
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
      {!row.actions && row.link && row.kind !== 'source.failed' && (
        <Go to={row.link} className="btn line sm td-act">
          {t('today.open')}
          <span className="sr"> {row.title}</span>
        </Go>
      )}
    </span>
  );
}
