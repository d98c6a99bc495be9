import { Link } from '@tanstack/react-router';
import { Check, History } from 'lucide-react';
import { dateWords } from '../../../lib/time';
import { EmptyState } from '../../../ui/EmptyState';
import { t } from '../messages';
import { useRoom } from '../room';
import { first } from '../words';
import { Settle } from './Settle';
import '../talk.css';

const TONE = {
  done: 'ok',
  kept: 'warn',
  reowned: 'acc',
  open: undefined,
  dropped: undefined,
  split: 'acc',
} as const;

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
                c.dueWas && t('rt.dueWas', { date: dateWords(c.dueWas) }),
                c.why,
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
            {c.signal && !short && (
              <p className="small">
                <span className="quiet">{t('rt.knowBy')}</span> {c.signal}
              </p>
            )}
            {!short && (c.state === 'open' || c.state === 'kept' || c.state === 'reowned') && (
              <Settle of={c} />
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
