import { Link } from '@tanstack/react-router';
import { Check, History } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ApiError, api } from '../../../lib/api';
import { dateWords } from '../../../lib/time';
import { EmptyState } from '../../../ui/EmptyState';
import { t } from '../messages';
import { useRoom } from '../room';
import type { Carried, RetroView } from '../types';
import { saidOf } from '../unreached';
import { first } from '../words';
import '../talk.css';

const TONE = {
  done: 'ok',
  kept: 'warn',
  reowned: 'acc',
  open: 'bad',
  dropped: undefined,
  split: 'acc',
} as const;
const OUTCOMES = ['done', 'kept', 'reowned', 'dropped', 'split'] as const;
type Outcome = (typeof OUTCOMES)[number];
/** Carried so often, an action is not simply kept again. */
const MOST = 3;

/** What the team decided last time comes first: done, kept, given to somebody else, split or dropped. */
export function LastActions() {
  const { view } = useRoom();
  if (view.carried.length === 0)
    return (
      <EmptyState icon={<History size={28} />} title={t('rt.lastNone')}>
        {t('rt.lastNoneText')}
      </EmptyState>
    );
  return (
    <section className="panel">
      <div className="rt-ph">
        <h2 className="h2">{t('rt.last')}</h2>
        <span className="quiet small num">
          {t('rt.lastN', {
            n: view.carried.filter((c) => c.state !== 'open').length,
            of: view.carried.length,
          })}
        </span>
      </div>
      <CarriedList />
    </section>
  );
}

export function CarriedList({ short }: { short?: boolean }) {
  const { view } = useRoom();
  return (
    <ul className="rows rt-last" data-short={short || undefined}>
      {view.carried.map((c) => (
        <li key={c.id}>
          <span className="pill" data-t={TONE[c.state]}>
            {c.state === 'done' && <Check size={13} aria-hidden />}
            {t(`rt.out.${c.state}`)}
          </span>
          <div>
            <h3>{c.title}</h3>
            <small>
              <Link to="/c/$key" params={{ key: c.cardKey } as never} className="mono rt-key">
                {c.cardKey}
              </Link>{' '}
              {[
                c.ownerName && first(c.ownerName),
                t('rt.carried', { n: c.carried }),
                c.dueOn && t('rt.dueOn', { date: dateWords(c.dueOn) }),
                c.why,
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
            {!short && (c.state === 'open' || c.state === 'kept' || c.state === 'reowned') && (
              <Settle of={c} />
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Settle({ of }: { of: Carried }) {
  const { view, retro } = useRoom();
  const [asked, setAsked] = useState<Outcome>();
  const [text, setText] = useState('');
  const [reason, setReason] = useState<string>();
  const [problem, setProblem] = useState<string>();
  if (!view.me.canWork || view.retro.phase === 'published' || of.state !== 'open') return null;
  const tooOften = of.carried >= MOST;
  const settle = async (outcome: Outcome) => {
    setProblem(undefined);
    try {
      const body = {
        outcome,
        ...(outcome === 'reowned' ? { ownerId: text } : {}),
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
    if (outcome === 'done' || outcome === 'kept') void settle(outcome);
    else setAsked(asked === outcome ? undefined : outcome);
  };
  const fields: Partial<Record<Outcome, ReactNode>> = {
    reowned: (
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
      <fieldset className="rt-set" aria-label={t('rt.settle', { title: of.title })}>
        {OUTCOMES.map((o) => (
          <button
            key={o}
            type="button"
            className="btn line sm"
            aria-expanded={fields[o] ? asked === o : undefined}
            aria-disabled={(o === 'kept' && tooOften) || undefined}
            aria-label={o === 'kept' && tooOften ? t('rt.keptTooOften', { n: of.carried }) : undefined}
            title={o === 'kept' && tooOften ? t('rt.keptTooOften', { n: of.carried }) : undefined}
            onClick={() => !(o === 'kept' && tooOften) && press(o)}
          >
            {t(`rt.set.${o}`)}
          </button>
        ))}
      </fieldset>
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
            {t('rt.save')}
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
