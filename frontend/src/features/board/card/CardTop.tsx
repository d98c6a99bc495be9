import { Ellipsis, Zap } from 'lucide-react';
import type { Board, Face } from '../../../api/types';
import { announce } from '../../../lib/announce';
import { toast } from '../../../lib/notify';
import { DiscIcon } from '../../../ui/DiscIcon';
import { involvedName } from '../../../ui/messages';
import { t } from '../messages';
import { CardClock } from './CardClock';
import s from './card.module.css';
import { MirrorMark } from './OwnState';

/** Puts the address of a card into the clipboard. */
export async function copyLink(key: string): Promise<void> {
  const link = `${location.origin}/c/${key}`;
  try {
    await navigator.clipboard.writeText(link);
    announce(t('board.linkCopied', { key }));
    toast({ id: 'link', text: t('board.linkCopied', { key }), stay: 2500 });
  } catch {
    // On plain http the clipboard is closed: show the address, so that it can be copied by hand.
    toast({ id: 'link', text: link, stay: 12_000 });
  }
}

/** The other disciplines: their shapes, and on a narrow card how many they are. */
function Involved({ card }: { card: Face }) {
  const n = card.involves.length;
  if (n === 0) return null;
  const words = card.involves.map((d) => involvedName(d)).join(', ');
  return (
    <span className={s.involved} data-many={n > 1 || undefined} title={words}>
      <span className="sr">{words}</span>
      {card.involves.slice(0, 3).map((d) => (
        <DiscIcon key={d} d={d} size={14} solid={false} decorative />
      ))}
      {n > 1 && (
        <b className={s.plus} aria-hidden="true">
          +{n}
        </b>
      )}
    </span>
  );
}

interface Props {
  card: Face;
  board: Board;
  now: number;
  /** 1…n in a queue column. */
  number?: number;
  inStrip: boolean;
  onMenu: (el: HTMLElement) => void;
}

/** Row 1: number to pull, who it belongs to, key, clock. */
export function CardTop({ card, board, now, number, inStrip, onMenu }: Props) {
  return (
    <>
      <div className={s.top}>
        {number !== undefined && (
          <span className={s.number} title={t('board.numberToPull', { n: number })}>
            {number}
          </span>
        )}
        <DiscIcon d={card.discipline} />
        <Involved card={card} />
        <button
          type="button"
          className={s.key}
          tabIndex={-1}
          title={t('board.copyLink')}
          aria-label={t('board.copyLinkOf', { key: card.key })}
          onClick={() => void copyLink(card.key)}
        >
          {card.key}
        </button>
        {(inStrip || (card.mirror && card.class === 'expedite')) && (
          <Zap className={s.bolt} size={13} fill="currentColor" aria-label={t('board.expedite')} />
        )}
        {card.mirror ? (
          <MirrorMark card={card} counted={board.mirrorsCount} />
        ) : (
          <CardClock card={card} board={board} now={now} />
        )}
      </div>
      <button
        type="button"
        className={s.more}
        aria-label={t('board.actionsOf', { key: card.key })}
        aria-haspopup="menu"
        tabIndex={-1}
        onClick={(e) => onMenu(e.currentTarget)}
      >
        <Ellipsis size={16} aria-hidden />
      </button>
    </>
  );
}
