import { CalendarClock, Check, SquarePlus, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { announce } from '../../../lib/announce';
import { ApiError, api } from '../../../lib/api';
import { t } from '../messages';
import type { Parked, StandupView } from '../types';
import './parked.css';

const OUTCOMES = [
  ['done', Check],
  ['card', SquarePlus],
  ['meeting', CalendarClock],
] as const;
type Outcome = (typeof OUTCOMES)[number][0];

interface Props {
  view: StandupView;
  /** Without it one may only look. */
  take?: (v: StandupView) => void;
}

/** The 16th minute: each thing that was parked ends as done, a card or a meeting; what stays open comes back. */
export function Settle({ view, take }: Props) {
  return (
    <section className="pk" aria-label={t('su.parkedHead')}>
      <h2>{view.meeting?.state === 'sixteenth' ? t('su.sixteenth') : t('pk.title')}</h2>
      <p className="lead">{t(view.parked.length ? 'pk.text' : 'su.parkedNone')}</p>
      <ul>
        {view.parked.map((p) => (
          <Item key={p.id} item={p} take={take} />
        ))}
      </ul>
    </section>
  );
}

function Item({ item, take }: { item: Parked; take?: (v: StandupView) => void }) {
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<string>();
  // A limit may want to know why the card comes in all the same.
  const [why, setWhy] = useState<string>();
  const send = async (what: string, run: () => Promise<StandupView>) => {
    if (busy) return;
    setBusy(what);
    setProblem(undefined);
    try {
      take?.(await run());
      setWhy(undefined);
      announce(t('pk.settled'));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'reason_required') setWhy(why ?? '');
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(undefined);
    }
  };
  const settle = (outcome: Outcome) =>
    send(outcome, () =>
      api.post<StandupView>(`/standups/parked/${item.id}/settle`, {
        outcome,
        ...(outcome === 'card' && why?.trim() ? { reason: why.trim() } : {}),
      }),
    );
  const words = item.text || item.cardTitle;
  return (
    <li data-done={item.outcome ? '' : undefined}>
      <p className="pk-t">{words}</p>
      <p className="pk-by">
        {[
          item.cardKey,
          (item.people ?? []).map((x) => x.name.split(' ')[0]).join(', '),
          item.days > 0 ? t('pk.days', { n: item.days }) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {item.outcome ? (
        <p className="pk-o">
          <span className="pill" data-t="ok">
            <Check size={13} aria-hidden />
            {item.outcomeKey ?? t(`su.outcome.${item.outcome}`)}
          </span>
          {take && (
            <button
              type="button"
              className="btn ghost sm"
              aria-label={t('pk.reopenWhat', { what: words ?? '' })}
              onClick={() =>
                void send('reopen', () => api.post<StandupView>(`/standups/parked/${item.id}/reopen`))
              }
            >
              <Undo2 size={14} aria-hidden />
              {t('pk.reopen')}
            </button>
          )}
        </p>
      ) : (
        take && (
          <fieldset className="pk-a" aria-label={t('pk.ends', { what: words ?? '' })}>
            {OUTCOMES.map(([outcome, Icon]) => (
              <button
                key={outcome}
                type="button"
                className="btn line"
                data-busy={busy === outcome || undefined}
                onClick={() => void settle(outcome)}
              >
                <Icon size={15} aria-hidden />
                {t(`pk.${outcome}`)}
              </button>
            ))}
          </fieldset>
        )
      )}
      {problem && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      {why !== undefined && !item.outcome && (
        <form
          className="pk-why"
          onSubmit={(e) => {
            e.preventDefault();
            if (why.trim()) void settle('card');
          }}
        >
          <input
            className="input"
            aria-label={t('pk.why')}
            placeholder={t('pk.why')}
            value={why}
            maxLength={300}
            onChange={(e) => setWhy(e.target.value)}
          />
          <button type="submit" className="btn line" disabled={!why.trim()}>
            {t('pk.whySend')}
          </button>
        </form>
      )}
    </li>
  );
}
