import { OctagonX } from 'lucide-react';
import type { Face } from '../../../api/types';
import { Avatar } from '../../../ui/Avatar';
import { DiscIcon } from '../../../ui/DiscIcon';
import { t } from '../messages';
import type { Step } from '../types';
import { type AgeNow, ageNow, type BoardFacts, blockedFor, NAMED, promptOf, whySaid } from '../walk';
import { discShort } from '../words';

/** Longer titles are set smaller, so that two lines hold them. */
const long = (title: string) => (title.length > 84 ? 'very' : title.length > 46 ? 'yes' : undefined);
/** After a minute the card's frame warms; nobody is told to stop. */
const SOFT_MS = 60_000;

interface Props {
  step: Step;
  card: Face | undefined;
  board: BoardFacts;
  now: number;
  count: { n: number; of: number };
}

/** The one card that is spoken about. */
export function Now({ step, card, board, now, count }: Props) {
  const columns = board.columns();
  const at = columns.findIndex((c) => c.id === (card?.columnId ?? step.columnId));
  const nth = t('su.step', count);
  if (!card)
    return (
      <section className="tv-now" aria-label={t('su.now')}>
        <div className="tv-now-h">
          <span className="step">{nth}</span>
        </div>
        <h2>{t('su.gone')}</h2>
        <p className="tv-text">{t('su.goneText')}</p>
      </section>
    );
  const blocker = card.blockers[0];
  const people = board.people();
  const owner = people.get(card.ownerIds[0] ?? '');
  const age = ageNow(card, board, now);
  const waited = step.shownAt ? now - Date.parse(step.shownAt) : 0;
  return (
    <section className="tv-now" aria-label={t('su.now')} data-soft={waited > SOFT_MS || undefined}>
      <div className="tv-now-h">
        <span className="k">{card.key}</span>
        {step.reason && NAMED.has(step.reason) && (
          <b className="why">{whySaid(step, card, board, now).text}</b>
        )}
        <span className="path">
          {t('su.in')} <b>{columns[at]?.name}</b>
          {columns[at + 1] && ` · ${t('su.next', { column: columns[at + 1]!.name })}`}
        </span>
        <span className="step">{nth}</span>
      </div>
      <h2 data-long={long(card.title)}>{card.title}</h2>
      {blocker && (
        <div className="tv-blk">
          <OctagonX size="1.1em" aria-hidden />
          <span>
            <b>{blockedFor(card, board, now)}</b> · {blocker.reason}
          </span>
        </div>
      )}
      <div className="tv-own">
        {owner ? (
          <span className="tv-face">
            <Avatar person={owner} size={80} decorative />
          </span>
        ) : null}
        <span className="nm">
          {owner?.name ?? t('su.nobody')}
          {card.ownerIds.length > 1 && <i> {t('su.andMore', { n: card.ownerIds.length - 1 })}</i>}
        </span>
        {[card.discipline, ...card.involves].slice(0, 3).map((d, i) => (
          <span className="ds" key={d}>
            <DiscIcon d={d} size={48} solid={i === 0} decorative />
            {discShort(d)}
          </span>
        ))}
      </div>
      {'word' in age ? (
        <p className="tv-age-w">
          {age.word === 'waiting'
            ? t('su.waits', { n: age.days })
            : age.word === 'done'
              ? t('su.doneIn', { n: age.days })
              : t('su.done')}
        </p>
      ) : (
        <Age age={age} />
      )}
      <p className="tv-ask">{promptOf(step, card)}</p>
    </section>
  );
}

const WIDE = 1000;
/** The age against what is expected: the line stands at three quarters, or further left for what is much older. */
function Age({ age }: { age: AgeNow }) {
  const days = t('su.days', { n: age.days });
  const expected = age.sle ? t('su.sle', age.sle) : t('su.noSle');
  const scale = age.sle ? Math.max(age.sle.days * (4 / 3), age.days * (12 / 11)) : age.days * 2;
  const x = (d: number) => (Math.min(d, scale) / scale) * WIDE;
  const line = age.sle && x(age.sle.days);
  const half = age.sle ? x(Math.min(age.days, age.sle.days / 2)) : x(age.days);
  return (
    <div
      className="tv-age"
      role="img"
      aria-label={t('su.ageName', { days, expected })}
      data-level={age.over ? 4 : age.level}
    >
      <div className="lab">
        <b>{days}</b>
        <span>{expected}</span>
      </div>
      <svg viewBox={`0 0 ${WIDE} 36`} preserveAspectRatio="none" aria-hidden="true">
        <rect y="10" width={WIDE} height="16" rx="8" fill="var(--line)" />
        {age.over && <rect y="10" width={x(age.days)} height="16" rx="8" fill="var(--heat-3)" />}
        {line !== undefined && (
          <rect y="10" width={Math.min(x(age.days), line)} height="16" rx="8" fill="var(--heat-2)" />
        )}
        <rect y="10" width={half} height="16" rx="8" fill="var(--heat-1)" />
        {line !== undefined && <path d={`M${line} 0V36`} stroke="var(--ink)" strokeWidth="5" />}
      </svg>
    </div>
  );
}
