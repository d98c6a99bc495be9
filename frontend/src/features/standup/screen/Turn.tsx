import { OctagonX } from 'lucide-react';
import { Avatar } from '../../../ui/Avatar';
import { DiscIcon } from '../../../ui/DiscIcon';
import { t } from '../messages';
import type { Meeting, Step } from '../types';
import { type BoardFacts, blockedFor, cardCount, cardsOf, comingTurns } from '../walk';
import { discShort } from '../words';
import { first } from './Screen';

/** From here on the frame of a turn warms; nobody is told to stop, and nobody's time is kept. */
const SOFT_MS = 90_000;
const CARDS = 4;
/** So many cards have room for two lines each. */
const FEW = 2;
const NEXT = 3;

/** Whose turn it is, with the cards that they have in hand. */
export function Turn({
  meeting,
  step,
  board,
  now,
}: {
  meeting: Meeting;
  step: Step;
  board: BoardFacts;
  now: number;
}) {
  const person = board.people().get(step.person?.id ?? '');
  const cards = cardsOf(board, step.person?.id);
  const waited = step.shownAt ? now - Date.parse(step.shownAt) : 0;
  const role = meeting.attendance.people.find((p) => p.personId === step.person?.id)?.role;
  return (
    <section className="tv-now" aria-label={t('su.now')} data-soft={waited > SOFT_MS || undefined}>
      <div className="tv-now-h">
        <span className="path">{role && role !== 'core' ? t(`rm.role.${role}`) : t('su.round')}</span>
        <span className="step">{t('su.step', cardCount(meeting))}</span>
      </div>
      <div className="tv-who">
        {person && (
          <span className="tv-face">
            <Avatar person={person} size={80} decorative />
          </span>
        )}
        <h2>{step.person?.name}</h2>
        {person && (
          <span className="ds">
            <DiscIcon d={person.discipline} size={48} decorative />
            {discShort(person.discipline)}
          </span>
        )}
      </div>
      {cards.length === 0 ? (
        <p className="tv-text">{t('su.turnNone')}</p>
      ) : (
        <ul className="tv-turn" data-few={cards.length <= FEW || undefined}>
          {cards.slice(0, CARDS).map((c) => {
            const helpers = meeting.helping?.find((h) => h.cardId === c.id)?.people ?? [];
            return (
              <li key={c.id} data-t={c.blockers.length ? 'bad' : undefined}>
                <span className="k">{c.key}</span>
                <span className="ti">{c.title}</span>
                {helpers.length > 0 && <em>+ {helpers.map((h) => first(h.name)).join(', ')}</em>}
                {helpers.length === 0 && c.blockers.length > 0 && (
                  <em>
                    <OctagonX size="1em" aria-hidden />
                    {blockedFor(c, board, now)}
                  </em>
                )}
              </li>
            );
          })}
          {cards.length > CARDS && <li className="quiet">{t('su.andMore', { n: cards.length - CARDS })}</li>}
        </ul>
      )}
      <p className="tv-ask">{t('su.ask.turn')}</p>
    </section>
  );
}

/** Who comes next. */
export function NextTurns({ meeting, board }: { meeting: Meeting; board: BoardFacts }) {
  const next = comingTurns(meeting);
  return (
    <section className="tv-next" aria-label={t('su.upNext')}>
      <h3>
        {t('su.nextHead')} <span>{t('su.toGo', { n: next.length })}</span>
      </h3>
      {next.length === 0 ? (
        <div className="tv-last">
          <strong>{t('su.lastTurn')}</strong>
          <p>{t('su.thenAnything')}</p>
        </div>
      ) : (
        <ol>
          {next.slice(0, NEXT).map((s) => {
            const person = board.people().get(s.person?.id ?? '');
            return (
              <li key={s.n}>
                {person ? (
                  <span className="tv-face">
                    <Avatar person={person} size={80} decorative />
                  </span>
                ) : (
                  <span />
                )}
                <div>
                  <strong>{s.person?.name}</strong>
                  <small>{t('su.turnCards', { n: cardsOf(board, s.person?.id).length })}</small>
                </div>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
