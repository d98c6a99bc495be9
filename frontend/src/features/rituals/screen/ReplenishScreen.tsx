import { Check } from 'lucide-react';
import { Fragment } from 'react';
import type { Face } from '../../../api/types';
import { maxOf } from '../../../lib/limits';
import { type BoardStore, useOpenBoard } from '../../../live';
import { useBoardFacts } from '../../../live/board-facts';
import { Beam } from '../../../ui/Beam';
import { DiscIcon } from '../../../ui/DiscIcon';
import { t } from '../messages';
import { cardsIn, roomIn, type Ways, waysOf } from '../replenish/queue';
import type { Sitting, Word } from '../types';

/** So much room there is: a card is one, with a "not yet" below it nearly two. */
const ROOM = 8.2;
const NOT_YET = 0.85;

/** The order of what comes next, what everybody says to it, and the room there is. */
export function ReplenishScreen({ boardId, sitting }: { boardId: string; sitting: Sitting }) {
  const store = useOpenBoard(boardId);
  const ready = useBoardFacts(store);
  if (!store || !ready) return <section className="tv-now" aria-busy="true" />;
  const ways = waysOf(store.columns(), sitting.replenishment?.queueId);
  if (!ways)
    return (
      <section className="tv-now wide">
        <h2>{t('rp.noQueue')}</h2>
        <p className="tv-text big">{t('rp.noQueueText')}</p>
      </section>
    );
  return <Order store={store} ways={ways} words={sitting.replenishment?.words ?? []} />;
}

function Order({ store, ways, words }: { store: BoardStore; ways: Ways; words: readonly Word[] }) {
  const cards = cardsIn(store, ways.queue.id);
  const room = roomIn(store, ways.behind[0]);
  const line = room === undefined ? -1 : Math.max(0, room);
  const said = (c: Face) => words.filter((w) => w.cardId === c.id);
  const shown = fitting(cards, (c) => said(c).some((w) => w.says === 'not_yet'), line);
  const mark = (
    <li className="rt-line" data-full={line === 0 || undefined}>
      {t('rp.line', { n: line })}
    </li>
  );
  return (
    <>
      <section className="tv-now">
        <div className="tv-now-h">
          <span className="path">
            <b>{t('rp.ready', { column: ways.queue.name })}</b>
          </span>
          <span className="step">
            {cards.length > shown.length ? t('rt.ofN', { n: shown.length, of: cards.length }) : cards.length}
          </span>
        </div>
        {cards.length === 0 ? (
          <h2>{t('rp.empty', { column: ways.queue.name })}</h2>
        ) : (
          <ol className="rt-order">
            {line === 0 && mark}
            {shown.map((c, i) => (
              <Fragment key={c.id}>
                <Row card={c} n={i + 1} words={said(c)} />
                {i + 1 === line && mark}
              </Fragment>
            ))}
          </ol>
        )}
      </section>
      <section className="tv-next" aria-label={t('rp.room')}>
        <h3>{t('rp.room')}</h3>
        <ul className="rt-room">
          {ways.behind.slice(0, 4).map((c) => {
            const free = roomIn(store, c);
            return (
              <li
                key={c.id}
                data-t={free !== undefined && free < 0 ? 'bad' : free === 0 ? 'warn' : undefined}
              >
                <p>
                  <span>{c.name}</span>
                  <b>
                    {free === undefined
                      ? t('rp.noLimit')
                      : free < 0
                        ? t('rp.overN', { n: -free })
                        : t('rp.roomN', { n: free })}
                  </b>
                </p>
                <Beam mix={store.columnMix(c.id)} max={maxOf(c.wip)} height={0} />
              </li>
            );
          })}
        </ul>
      </section>
    </>
  );
}

function Row({ card, n, words }: { card: Face; n: number; words: readonly Word[] }) {
  const no = words.filter((w) => w.says === 'not_yet');
  return (
    <li className="rt-card">
      <p>
        <b className="rt-n">{n}</b>
        <span className="k">{card.key}</span>
        <strong>{card.title}</strong>
        {words
          .filter((w) => w.says === 'yes')
          .map((w) => (
            <span key={w.personId} className="rt-yes">
              <DiscIcon d={w.discipline} size={48} decorative />
              <Check size="0.8em" strokeWidth={3.5} aria-hidden />
              <span className="sr">{t('rp.said', { name: w.name })}</span>
            </span>
          ))}
      </p>
      {no.length > 0 && (
        <p className="rt-no">
          {no
            .map((w) => t('rp.saidNot', { name: w.name.split(' ')[0] ?? '', because: w.because ?? '' }))
            .join(' · ')}
        </p>
      )}
    </li>
  );
}

function fitting(cards: readonly Face[], high: (c: Face) => boolean, line: number): readonly Face[] {
  let left = ROOM - (line >= 0 ? 0.8 : 0);
  const end = cards.findIndex((c) => {
    left -= high(c) ? 1 + NOT_YET : 1;
    return left < 0;
  });
  return end < 0 ? cards : cards.slice(0, end);
}
