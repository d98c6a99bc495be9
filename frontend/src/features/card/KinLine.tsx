import { CircleCheck, CircleDashed, CircleDot, OctagonX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Kin } from '../../api/types';
import { DiscIcon } from '../../ui/DiscIcon';
import { useRoom } from './context';
import css from './full.module.css';
import { liveKin } from './kin';
import { tf } from './messages-full';

const SIGN = { finished: CircleCheck, started: CircleDot, waiting: CircleDashed, archived: CircleDashed };

/** Key, title and state of a card that this one names, in one line; the whole line opens it. */
export function KinLine({ kin: read, children }: { kin: Kin; children?: ReactNode }) {
  const { store, open } = useRoom();
  const kin = liveKin(store, read);
  const Sign = SIGN[kin.state ?? 'waiting'];
  if (!kin.title)
    return (
      <span className={css.kin}>
        <span className={css.kinText}>
          <code>{kin.key}</code> <span className={css.faint}>{tf('card.kinHidden')}</span>
        </span>
        {children}
      </span>
    );
  const word = tf(`card.kin.${kin.state ?? 'waiting'}`);
  return (
    <span className={css.kin} data-state={kin.blocked ? 'blocked' : kin.state}>
      {kin.discipline && <DiscIcon d={kin.discipline} size={15} />}
      <span className={css.kinText}>
        <a
          href={`/c/${kin.key}`}
          onClick={(e) => {
            if (!open || e.metaKey || e.ctrlKey || e.shiftKey || !store.card(kin.id)) return;
            e.preventDefault();
            open(kin.key);
          }}
        >
          <code>{kin.key}</code> {kin.title}
        </a>
        <span className={css.kinState}>
          {kin.blocked ? <OctagonX size={14} aria-hidden /> : <Sign size={14} aria-hidden />}
          <span>
            {kin.blocked ? tf('card.kinBlocked') : kin.state === 'started' ? kin.columnName : word}
            {kin.boardId && kin.boardId !== store.boardId && ` · ${kin.boardName}`}
          </span>
        </span>
      </span>
      {children}
    </span>
  );
}
