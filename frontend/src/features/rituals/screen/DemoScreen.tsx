import { Check } from 'lucide-react';
import type { Discipline } from '../../../api/types';
import { browserZone, dateOf } from '../../../lib/time';
import { DiscIcon } from '../../../ui/DiscIcon';
import { disciplineName } from '../../../ui/messages';
import { AUDIENCES } from '../demo/audiences';
import { t } from '../messages';
import type { DemoCard, Sitting } from '../types';
import { Upcoming } from './Upcoming';

/** Longer titles are set smaller, so that they fit. */
const long = (title: string) => (title.length > 84 ? 'very' : title.length > 46 ? 'yes' : undefined);

/** The finished card that is shown, to whom, and what was said to it. */
export function DemoScreen({ demo, at }: { demo: NonNullable<Sitting['demo']>; at: number }) {
  const { cards } = demo;
  const card = cards[at];
  const shown = cards.filter((c) => c.outcome === 'shown').length;
  const next = cards.slice(at + 1);
  return (
    <>
      {card ? (
        <Card card={card} n={at + 1} of={cards.length} />
      ) : (
        <section className="tv-now">
          <h2>{t(cards.length ? 'rd.over' : 'rd.none')}</h2>
          <p className="tv-text big">
            {cards.length
              ? t('rd.overText', { n: shown, of: cards.length })
              : t('rd.noneText', { date: dateOf(demo.since, browserZone()) })}
          </p>
        </section>
      )}
      <Upcoming
        title={t(card ? 'rd.agenda' : 'rt.wasShown')}
        side={t('rt.shownN', { n: shown, of: cards.length })}
        none={t('rt.lastCard')}
        items={(card ? next : cards.filter((c) => c.outcome === 'shown')).map((c) => ({
          id: c.cardId,
          key: c.key,
          title: c.title,
          icon: c.discipline as Discipline,
          side: (c.presenter ?? c.owners[0])?.name.split(' ')[0],
        }))}
      />
    </>
  );
}

function Card({ card, n, of }: { card: DemoCard; n: number; of: number }) {
  const said = card.notes.at(-1);
  const by = card.presenter ?? card.owners[0];
  return (
    <section className="tv-now" aria-live="polite">
      <div className="tv-now-h">
        <span className="k">{card.key}</span>
        <span className="path">
          {card.days
            ? t('rd.doneIn', { n: card.days })
            : card.finishedAt && t('rd.finished', { date: dateOf(card.finishedAt, browserZone()) })}
        </span>
        <span className="step">{t('rd.step', { n, of })}</span>
      </div>
      <h2 data-long={long(card.title)}>{card.title}</h2>
      {card.text && <p className="tv-text rt-clamp">{card.text}</p>}
      {said && (
        <p className="tv-text rt-said rt-clamp">
          <b>{said.byName.split(' ')[0]}:</b> {said.text}
        </p>
      )}
      <div className="tv-own">
        <DiscIcon d={card.discipline as Discipline} size={48} decorative />
        <span className="nm">{by?.name ?? t('rd.nobody')}</span>
      </div>
      <ul className="rt-marks" aria-label={t('rd.shownTo')}>
        {AUDIENCES.map((a) => {
          const mark = card.marks.find((m) => m.audience === a);
          return (
            <li key={a} data-on={mark ? true : undefined}>
              <DiscIcon d={a} size={48} solid={Boolean(mark)} decorative />
              <span>{disciplineName(a)}</span>
              {mark && <Check size="1em" strokeWidth={3} role="img" aria-label={t('rd.outcome.shown')} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
