import { Link } from '@tanstack/react-router';
import type { Discipline } from '../../../api/types';
import { useData } from '../../../lib/data';
import { shortDay } from '../../../lib/time';
import { Dialog } from '../../../ui/Dialog';
import { DiscIcon } from '../../../ui/DiscIcon';
import { Loaded } from '../../../ui/Loaded';
import type { Behind } from '../charts/model';
import { t } from '../messages';
import type { Cards, Listed } from '../types';
import { useFlow } from './context';

const days = (n: number) => t('fl.days', { n });

function state(c: Listed): string {
  const day = c.day ? shortDay(c.day) : '';
  if (c.state === 'progress')
    return t('fl.behind.progress', { column: c.column ?? '', days: days(c.days ?? 0) });
  if (c.state === 'done')
    return c.days ? t('fl.behind.done', { days: days(c.days), day }) : t('fl.behind.doneUnknown', { day });
  return c.state === 'gone' ? t('fl.behind.gone', { day }) : t('fl.behind.waiting');
}

/** The very cards behind a number; each leads to itself. */
export function BehindDialog({ behind, onClose }: { behind: Behind; onClose: () => void }) {
  const { path, boardNames } = useFlow();
  const query = useData<Cards>(
    path('cards', behind.keys ? { of: 'named', keys: behind.keys.join(',') } : behind.ask),
  );
  return (
    <Dialog title={behind.title} onClose={onClose} width={620}>
      <Loaded query={query}>
        {({ cards, n }) => (
          <>
            <p className="quiet small">
              {n === 0
                ? t('fl.behind.none')
                : n > cards.length
                  ? t('fl.behind.first', { n: cards.length, of: n })
                  : t('fl.cards', { n })}
            </p>
            <ul className="fl-behind">
              {cards.map((c) => (
                <li key={c.id}>
                  <DiscIcon d={c.discipline as Discipline} size={15} />
                  <Link to="/c/$key" params={{ key: c.key }}>
                    <span className="mono">{c.key}</span> {c.title}
                  </Link>
                  <span className="small quiet num">
                    {c.boardId && boardNames?.get(c.boardId) && `${boardNames.get(c.boardId)}, `}
                    {state(c)}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Dialog>
  );
}
