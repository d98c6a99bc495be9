import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import type { Discipline } from '../../../api/types';
import { clock, dateOf } from '../../../lib/time';
import { DiscIcon } from '../../../ui/DiscIcon';
import { disciplineName } from '../../../ui/messages';
import { t } from '../messages';
import type { DemoCard, Sitting } from '../types';
import type { Ritual } from '../use-ritual';
import { AUDIENCES } from './audiences';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The card that is shown now, to be read from across the room. */
export function OnStage({
  card,
  n,
  of,
  ritual,
  sitting,
  canWork,
  boardId,
  onMark,
}: {
  card: DemoCard;
  n: number;
  of: number;
  ritual: Ritual;
  sitting: Sitting;
  canWork: boolean;
  boardId: string;
  onMark: (audience: string) => void;
}) {
  const here = sitting.attendance.people.filter((p) => p.state !== 'away');
  // A guest is shown to and does not show, unless the card is their own.
  const may = new Map([
    ...card.owners.map((o) => [o.id, o.name] as const),
    ...here.filter((p) => p.role !== 'observer').map((p) => [p.personId, p.name] as const),
    ...(card.presenter ? [[card.presenter.id, card.presenter.name] as const] : []),
  ]);
  return (
    <section className="panel rd-stage" aria-live="polite">
      <p className="rd-step num">
        {t('rd.step', { n, of })}
        {card.again && <span className="pill">{t('rd.again')}</span>}
        {card.outcome && (
          <span className="pill" data-t={card.outcome === 'shown' ? 'ok' : undefined}>
            {t(`rd.outcome.${card.outcome}`)}
          </span>
        )}
      </p>
      <h2>{card.title}</h2>
      <p className="rd-facts">
        <DiscIcon d={card.discipline} size={20} />
        <Link
          to="/b/$board"
          params={{ board: boardId } as never}
          search={{ card: card.key } as never}
          className="rd-key"
        >
          {card.key}
        </Link>
        {[
          card.finishedAt && t('rd.finished', { date: dateOf(card.finishedAt, zone) }),
          card.days ? t('rd.doneIn', { n: card.days }) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {card.text && <p className="rd-text">{card.text}</p>}
      <div className="rd-who">
        <h3>{t('rd.presents')}</h3>
        {canWork ? (
          [...may].map(([id, name]) => (
            <button
              key={id}
              type="button"
              className="chip plain"
              aria-pressed={card.presenter?.id === id}
              onClick={() =>
                void ritual.ask('presenter', {
                  cardId: card.cardId,
                  personId: card.presenter?.id === id ? '' : id,
                })
              }
            >
              {name}
            </button>
          ))
        ) : (
          <span>{card.presenter?.name ?? t('rd.nobody')}</span>
        )}
      </div>
      <div className="rd-marks">
        <h3>{t('rd.shownTo')}</h3>
        <ul>
          {AUDIENCES.map((a) => {
            const mark = card.marks.find((m) => m.audience === a);
            const there = here.filter((p) => p.discipline === a).map((p) => p.name);
            return (
              <li key={a}>
                <button
                  type="button"
                  className="rd-mark"
                  aria-pressed={Boolean(mark)}
                  disabled={!canWork}
                  onClick={() => onMark(a)}
                >
                  <DiscIcon d={a as Discipline} size={26} solid={Boolean(mark)} decorative />
                  <span>
                    <b>{disciplineName(a)}</b>
                    <small>
                      {mark
                        ? t('rd.markedBy', { name: mark.byName, time: clock(mark.at) })
                        : there.length > 0
                          ? t('rd.isHere', { names: there.join(', ') })
                          : t('rd.notShown')}
                    </small>
                  </span>
                  {mark && <Check size={20} strokeWidth={2.5} aria-hidden />}
                </button>
              </li>
            );
          })}
        </ul>
      </div>
      {card.notes.length > 0 && (
        <section className="rd-notes" aria-label={t('rd.notes')}>
          <h3>{t('rd.notes')}</h3>
          <ul>
            {card.notes.map((x) => (
              <li key={x.id}>
                <b>{x.byName}</b> {x.text}
              </li>
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}
