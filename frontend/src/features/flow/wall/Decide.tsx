import { readOf, useAnswers } from '../../../lib/answers';
import { absolute, dateWords } from '../../../lib/time';
import { Dialog } from '../../../ui/Dialog';
import { Go } from '../../../ui/Go';
import { dayIn, quickDays } from '../../../ui/QuickDays';
import { t } from './messages';
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
  notices?: Waiting['notices'];
}

/** One question with who asks, since when, and its answers; each can be taken back for half a minute. */
export function Decide({ of, onClose }: { of: Question; onClose: () => void }) {
  const { busy, answer } = useAnswers('/flow', '/today');
  const give = async (a: Parameters<typeof answer>[1]) => {
    if (await answer(of, a)) onClose();
  };
  const days = of.blocker ? (of.days ?? quickDays(dayIn(0)).map(([, day]) => day)) : [];
  return (
    <Dialog
      title={of.title}
      onClose={onClose}
      actions={
        <>
          {of.link && (
            <Go to={of.link} className="btn ghost" onGo={() => readOf(of)}>
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
              onClick={() => void give({ ...a, done: a.done ?? a.word })}
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
                void give({
                  post: `/blockers/${of.blocker}/promise`,
                  body: { on: day },
                  undo: `/blockers/${of.blocker}/promise`,
                  undoBody: { on: '' },
                  done: t('wall.take.done', { key: of.key ?? '', day: dateWords(day) }),
                })
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
