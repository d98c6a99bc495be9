import { Check } from 'lucide-react';
import { moment } from '../../../lib/time';
import { DiscIcon } from '../../../ui/DiscIcon';
import { t } from '../messages';
import type { Meeting, Parked, StandupView } from '../types';
import type { BoardFacts } from '../walk';
import { first } from './Screen';

const TITLES = 8;

/** Cards that need no word: a number, and their titles when the remote opens them. */
export function Healthy({ meeting, board, prompt }: { meeting: Meeting; board: BoardFacts; prompt: string }) {
  const cards = (meeting.healthy ?? []).flatMap((id) => board.card(id) ?? []);
  const shown = meeting.healthyOpen ? cards.slice(0, TITLES) : [];
  return (
    <section className="tv-now wide" aria-label={t('su.now')}>
      <h2>{t('su.healthyTitle', { n: cards.length })}</h2>
      {shown.length === 0 ? (
        <>
          <p className="tv-text">{t('su.healthyText')}</p>
          <p className="tv-text quiet">{t('su.healthyHint')}</p>
        </>
      ) : (
        <ul className="tv-list two">
          {shown.map((c) => (
            <li key={c.id}>
              <DiscIcon d={c.discipline} size={44} decorative />
              <span className="k">{c.key}</span>
              <strong>{c.title}</strong>
            </li>
          ))}
          {cards.length > TITLES && <li className="more">{t('su.andMore', { n: cards.length - TITLES })}</li>}
        </ul>
      )}
      <p className="tv-ask">{prompt}</p>
    </section>
  );
}

const ROWS = 4;
/** The last question, beside what was put aside. */
export function Anything({ parked }: { parked: readonly Parked[] }) {
  return (
    <>
      <section className="tv-now" aria-label={t('su.now')}>
        <h2>{t('su.anythingTitle')}</h2>
        <p className="tv-text big">{t('su.ask.anything')}</p>
        <p className="tv-ask">{t('su.ask.anythingOps')}</p>
      </section>
      <section className="tv-next" aria-label={t('su.parkedHead')}>
        <h3>
          {t('su.parkedHead')} <span>{parked.length || ''}</span>
        </h3>
        {parked.length === 0 ? (
          <div className="tv-last">
            <p>{t('su.parkedNone')}</p>
          </div>
        ) : (
          <ul className="tv-list">
            {parked.slice(0, ROWS).map((p) => (
              <li key={p.id} className="block">
                <strong>{p.text || p.cardTitle}</strong>
                <small>
                  {[p.cardKey, ...(p.people ?? []).map((x) => first(x.name))].filter(Boolean).join(' · ')}
                </small>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

/** What was parked, until each of it has an end. */
export function Sixteenth({ view }: { view: StandupView }) {
  return (
    <section className="tv-now wide" aria-label={t('su.sixteenth')}>
      <h2>{t('su.sixteenth')}</h2>
      <p className="tv-text">{t('su.sixteenthText')}</p>
      <ul className="tv-list rows">
        {view.parked.slice(0, 5).map((p) => (
          <li key={p.id} data-done={p.outcome ? '' : undefined}>
            <strong>{p.text || p.cardTitle}</strong>
            <span className="who">
              {[p.text && p.cardKey, (p.people ?? []).map((x) => first(x.name)).join(', ')]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <em data-t={p.outcome ? 'ok' : undefined}>
              {p.outcome && <Check size="1em" aria-hidden />}
              {p.meet ? moment(p.meet.at) : (p.outcomeKey ?? t(`su.outcome.${p.outcome ?? 'open'}`))}
            </em>
          </li>
        ))}
      </ul>
    </section>
  );
}
