import { CalendarClock, Check, SquarePlus, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { announce } from '../../../lib/announce';
import { ApiError, api } from '../../../lib/api';
import { useOnce } from '../../../lib/use-once';
import { t } from '../messages';
import type { Parked, StandupView } from '../types';
import { type Meet, MeetDialog } from './MeetDialog';
import './parked.css';
import { MeetLine } from './Planned';

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
          <Item key={p.id} item={p} teamId={view.series.teamId} take={take} />
        ))}
      </ul>
    </section>
  );
}

function Item({ item, teamId, take }: { item: Parked; teamId: string; take?: (v: StandupView) => void }) {
  const [meets, setMeets] = useState(false);
  const [busy, setBusy] = useState<string>();
  const once = useOnce();
  const [problem, setProblem] = useState<string>();
  // A limit may want to know why the card comes in all the same.
  const [why, setWhy] = useState<string>();
  const send = async (what: string, run: () => Promise<StandupView>) => {
    if (busy) return undefined;
    setBusy(what);
    setProblem(undefined);
    try {
      take?.(await run());
      setWhy(undefined);
      announce(t(what === 'off' ? 'pk.meet.offDone' : 'pk.settled'));
      return undefined;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'reason_required') setWhy(why ?? '');
      const said = error instanceof Error ? error.message : String(error);
      if (what !== 'meeting') setProblem(said);
      return said;
    } finally {
      setBusy(undefined);
    }
  };
  const settle = (outcome: Outcome, meet?: Meet) =>
    send(outcome, () => {
      const body = {
        outcome,
        ...meet,
        ...(outcome === 'card' && why?.trim() ? { reason: why.trim() } : {}),
      };
      return once(body, (key) => api.post<StandupView>(`/standups/parked/${item.id}/settle`, body, { key }));
    });
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
      <MeetLine item={item} />
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
              aria-label={t(item.meet ? 'pk.meet.offWhat' : 'pk.reopenWhat', { what: words ?? '' })}
              onClick={() =>
                void send(item.meet ? 'off' : 'reopen', () =>
                  api.post<StandupView>(`/standups/parked/${item.id}/reopen`),
                )
              }
            >
              <Undo2 size={14} aria-hidden />
              {t(item.meet ? 'pk.meet.off' : 'pk.reopen')}
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
                onClick={() => (outcome === 'meeting' ? setMeets(true) : void settle(outcome))}
              >
                <Icon size={15} aria-hidden />
                {t(`pk.${outcome}`)}
              </button>
            ))}
          </fieldset>
        )
      )}
      {meets && (
        <MeetDialog
          item={item}
          teamId={teamId}
          onArrange={async (meet) => {
            const said = await settle('meeting', meet);
            if (!said) setMeets(false);
            return said;
          }}
          onClose={() => setMeets(false)}
        />
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
