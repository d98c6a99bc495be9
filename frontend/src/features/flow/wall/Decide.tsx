import { useState } from 'react';
import { api } from '../../../lib/api';
import { refresh } from '../../../lib/data';
import { toast, toastError } from '../../../lib/notify';
import { absolute, dateWords } from '../../../lib/time';
import { Dialog } from '../../../ui/Dialog';
import { dayIn, quickDays } from '../../../ui/QuickDays';
import { t } from './messages';
import { Go } from './Parts';
import type { Waiting } from './types';

export interface Question {
  title: string;
  /** Facts under it: what, and the words. */
  facts: [string, string][];
  since?: string;
  link?: string;
  /** Answers that need nothing more. */
  actions?: Waiting['actions'];
  /** A blocker that may be promised for a day. */
  blocker?: string;
  days?: string[];
  key?: string;
}

/** One question with who asks, since when, and its answers; each can be taken back for half a minute. */
export function Decide({ of, onClose }: { of: Question; onClose: () => void }) {
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
      void refresh('/flow', '/today');
    }
  };
  const answer = async (
    post: string,
    body: unknown,
    undo: string | undefined,
    back: unknown,
    done: string,
  ) => {
    if (!(await send(post, body))) return;
    onClose();
    toast({
      text: done,
      stay: undo ? 30_000 : undefined,
      action: undo ? { label: t('wall.undo'), run: () => void send(undo, back) } : undefined,
    });
  };
  const days = of.blocker ? (of.days ?? quickDays(dayIn(0)).map(([, day]) => day)) : [];
  return (
    <Dialog
      title={of.title}
      onClose={onClose}
      actions={
        <>
          {of.link && (
            <Go to={of.link} className="btn ghost">
              {t(of.key ? 'wall.card' : 'wall.goThere')}
            </Go>
          )}
          <button type="button" className="btn line" onClick={onClose}>
            {t('wall.cancel')}
          </button>
          {of.actions?.map((a) => (
            <button
              key={a.post}
              type="button"
              className="btn"
              disabled={busy}
              onClick={() => void answer(a.post, a.body, a.undo, a.undoBody, a.done ?? a.word)}
            >
              {a.word}
            </button>
          ))}
        </>
      }
    >
      <dl className="wl-facts">
        {of.facts.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
        {of.since && (
          <div>
            <dt>{t('wall.since')}</dt>
            <dd>{absolute(of.since)}</dd>
          </div>
        )}
      </dl>
      {days.length > 0 && (
        <fieldset className="wl-days">
          <legend>{t('wall.take.have')}</legend>
          {days.map((day) => (
            <button
              key={day}
              type="button"
              className="btn soft"
              disabled={busy}
              onClick={() =>
                void answer(
                  `/blockers/${of.blocker}/promise`,
                  { on: day },
                  `/blockers/${of.blocker}/promise`,
                  { on: '' },
                  t('wall.take.done', { key: of.key ?? '', day: dateWords(day) }),
                )
              }
            >
              {dateWords(day)}
            </button>
          ))}
          <p className="small quiet">{t('wall.take.text')}</p>
        </fieldset>
      )}
    </Dialog>
  );
}
