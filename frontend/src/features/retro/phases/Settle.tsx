import { CalendarClock } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ApiError, api } from '../../../lib/api';
import { inDays, workdayIn } from '../in-days';
import { t } from '../messages';
import { useRoom } from '../room';
import type { Carried, RetroView } from '../types';
import { saidOf } from '../unreached';

const OUTCOMES = ['done', 'kept', 'reowned', 'dropped', 'split'] as const;
type Outcome = (typeof OUTCOMES)[number];
/** Carried so often, an action is not simply kept again. */
const MOST = 3;
/** What is proposed for one that is late. */
const DAYS = 14;

/** What becomes of an action that an earlier retro has left; one that goes on may get another day. */
export function Settle({ of }: { of: Carried }) {
  const { view, retro } = useRoom();
  const [asked, setAsked] = useState<Outcome>();
  const [text, setText] = useState('');
  const [day, setDay] = useState('');
  const [reason, setReason] = useState<string>();
  const [problem, setProblem] = useState<string>();
  if (!view.me.canWork || view.retro.phase === 'published') return null;
  const open = of.state === 'open';
  const past = (of.dueOn ?? '') < inDays(0);
  const tooOften = of.carried >= MOST;
  const settle = async (outcome: Outcome) => {
    setProblem(undefined);
    try {
      const body = {
        outcome,
        ...(outcome === 'reowned' ? { ownerId: open ? text : of.ownerId } : {}),
        ...(asked === outcome && day && day !== of.dueOn ? { dueOn: day } : {}),
        ...(outcome === 'dropped' ? { why: text.trim() } : {}),
        ...(outcome === 'split'
          ? {
              into: text
                .split('\n')
                .map((x) => x.trim())
                .filter(Boolean),
            }
          : {}),
        ...(reason?.trim() ? { reason: reason.trim() } : {}),
      };
      retro.take(await api.post<RetroView>(`/retros/${retro.id}/carried/${of.id}`, body));
      setAsked(undefined);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'reason_required') setReason(reason ?? '');
      setAsked(outcome);
      setProblem(saidOf(error));
    }
  };
  const press = (outcome: Outcome) => {
    setProblem(undefined);
    setText('');
    setReason(undefined);
    setDay(past || !of.dueOn ? workdayIn(DAYS) : of.dueOn);
    // What is late is kept until some other day, which has to be said.
    if (outcome === 'done' || (outcome === 'kept' && open && !past)) void settle(outcome);
    else setAsked(asked === outcome ? undefined : outcome);
  };
  const due = (
    <input
      className="input"
      type="date"
      required
      aria-label={t('rt.dueFrom')}
      value={day}
      onChange={(e) => setDay(e.target.value)}
    />
  );
  const fields: Partial<Record<Outcome, ReactNode>> = {
    kept: due,
    reowned: !open ? (
      due
    ) : (
      <>
        <select
          className="input"
          aria-label={t('rt.newOwner')}
          value={text}
          onChange={(e) => setText(e.target.value)}
        >
          <option value="">{t('rt.newOwner')}</option>
          {view.people
            .filter((p) => p.id !== of.ownerId)
            .map((p) => (
              <option key={p.id} value={p.id}>
                {p.name}
              </option>
            ))}
        </select>
        {due}
      </>
    ),
    dropped: (
      <input
        className="input"
        aria-label={t('rt.whyDrop')}
        placeholder={t('rt.whyDrop')}
        maxLength={1000}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
    ),
    split: (
      <textarea
        className="input"
        aria-label={t('rt.parts')}
        placeholder={t('rt.parts')}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
    ),
  };
  return (
    <>
      {!open && (
        <button
          type="button"
          className="btn ghost sm rt-start"
          aria-expanded={asked !== undefined}
          aria-label={t('rt.moveDayOf', { title: of.title })}
          onClick={() => press(of.state as Outcome)}
        >
          <CalendarClock size={15} aria-hidden />
          {t('rt.moveDay')}
        </button>
      )}
      {open && (
        <fieldset className="rt-set" aria-label={t('rt.settle', { title: of.title })}>
          {OUTCOMES.map((o) => (
            <button
              key={o}
              type="button"
              className="btn line sm"
              aria-expanded={o !== 'done' && (o !== 'kept' || past) ? asked === o : undefined}
              aria-disabled={(o === 'kept' && tooOften) || undefined}
              aria-label={o === 'kept' && tooOften ? t('rt.keptTooOften', { n: of.carried }) : undefined}
              onClick={() => !(o === 'kept' && tooOften) && press(o)}
            >
              {t(`rt.set.${o}`)}
            </button>
          ))}
        </fieldset>
      )}
      {open && tooOften && <p className="small quiet">{t('rt.keptTooOften', { n: of.carried })}</p>}
      {asked && (
        <form
          className="rt-line"
          onSubmit={(e) => {
            e.preventDefault();
            void settle(asked);
          }}
        >
          {fields[asked]}
          {reason !== undefined && (
            <input
              className="input"
              aria-label={t('rt.limitWhy')}
              placeholder={t('rt.limitWhy')}
              value={reason}
              onChange={(e) => setReason(e.target.value)}
            />
          )}
          <button type="submit" className="btn line">
            {t(asked === 'kept' && open ? 'rt.keepUntil' : 'rt.save')}
          </button>
        </form>
      )}
      {problem && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
