import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CalendarClock, Check, GripVertical, MoreHorizontal, OctagonX, X } from 'lucide-react';
import type { Face } from '../../../api/types';
import { dueTone } from '../../../lib/age';
import { dateWords } from '../../../lib/time';
import { DiscIcon } from '../../../ui/DiscIcon';
import '../../../ui/menu.css';
import { useRowDrag } from '../../../ui/use-row-drag';
import { t } from '../messages';
import type { Word } from '../types';

interface Props {
  card: Face;
  boardId: string;
  zone: string;
  /** Its number in the queue, from 1. */
  n: number;
  of: number;
  words: readonly Word[];
  mine?: Word;
  canWork: boolean;
  /** The column that it can go back to. */
  back?: { id: string; name: string };
  onSay: (says: 'yes' | 'not_yet' | '') => void;
  onMove: (to: number) => void;
  onBack: () => void;
  /** Another card was let go before or behind this one. */
  onDropped: (id: string, after: boolean) => void;
}

/** A card of the queue: its number, what everybody says to it, and the ways to move it. */
export function Candidate(p: Props) {
  const { card, n, of, words, mine, canWork, back } = p;
  const [row, drag] = useRowDrag('candidates', card.id, canWork, p.onDropped);
  const blocked = card.blockers[0];
  const facts = [card.class !== 'standard' && t(`rp.class.${card.class}`), card.mirror?.boardName].filter(
    Boolean,
  );
  const due = dueTone(card, p.zone, Date.now());
  const no = words.filter((w) => w.says === 'not_yet');
  return (
    <li
      ref={row}
      className="rp-card"
      data-id={card.id}
      data-held={drag === 'held' || undefined}
      data-edge={drag === 'top' || drag === 'bottom' ? drag : undefined}
      data-no={no.length > 0 || undefined}
    >
      {canWork && <GripVertical className="rp-grip" size={16} aria-hidden />}
      <b className="rp-n num">{n}</b>
      <div className="rp-main">
        <Link
          to="/b/$board"
          params={{ board: p.boardId } as never}
          search={{ card: card.key } as never}
          className="rp-title"
          draggable={false}
        >
          <span className="rp-key">
            <DiscIcon d={card.discipline} size={15} /> {card.key}
          </span>
          {card.title}
        </Link>
        {(facts.length > 0 || blocked || card.dueOn) && (
          <p className="rp-facts">
            {blocked && (
              <span className="rp-blocked">
                <OctagonX size={14} aria-hidden />
                {t('rp.isBlocked', { reason: blocked.reason })}
              </span>
            )}
            {card.dueOn && (
              <span className="rp-due" data-due={due}>
                <CalendarClock size={14} aria-hidden />
                {t(`rp.due.${due}`, { date: dateWords(card.dueOn) })}
              </span>
            )}
            {facts.join(' · ')}
          </p>
        )}
        {no.length > 0 && (
          <ul className="rp-no">
            {no.map((w) => (
              <li key={w.personId}>
                <DiscIcon d={w.discipline} size={14} />
                <b>{w.name}</b> {w.because}
              </li>
            ))}
          </ul>
        )}
      </div>
      <ul className="rp-yes" aria-label={t('rp.words', { key: card.key })}>
        {words
          .filter((w) => w.says === 'yes')
          .map((w) => (
            <li key={w.personId} title={t('rp.said', { name: w.name })}>
              <DiscIcon d={w.discipline} size={18} decorative />
              <Check className="rp-tick" size={11} strokeWidth={3} aria-hidden />
              <span className="sr">{t('rp.said', { name: w.name })}</span>
            </li>
          ))}
      </ul>
      <div className="rp-say">
        <button
          type="button"
          className="btn line sm rp-y"
          aria-pressed={mine?.says === 'yes'}
          aria-label={t('rp.yesTo', { key: card.key })}
          onClick={() => p.onSay(mine?.says === 'yes' ? '' : 'yes')}
        >
          <Check size={14} aria-hidden />
          {t('rp.yes')}
        </button>
        <button
          type="button"
          className="btn line sm rp-x"
          aria-pressed={mine?.says === 'not_yet'}
          aria-label={t('rp.notYetTo', { key: card.key })}
          onClick={() => p.onSay(mine?.says === 'not_yet' ? '' : 'not_yet')}
        >
          <X size={14} aria-hidden />
          {t('rp.notYet')}
        </button>
        {canWork && (
          <Menu position="bottom-end" withinPortal width={200}>
            <Menu.Target>
              <button
                type="button"
                className="btn ghost sm icon"
                aria-label={t('rp.menu', { key: card.key })}
              >
                <MoreHorizontal size={16} aria-hidden />
              </button>
            </Menu.Target>
            <Menu.Dropdown aria-label={t('rp.menu', { key: card.key })}>
              <Menu.Item disabled={n === 1} onClick={() => p.onMove(0)}>
                {t('rp.toTop')}
              </Menu.Item>
              <Menu.Item disabled={n === 1} onClick={() => p.onMove(n - 2)}>
                {t('rp.moveUp')}
              </Menu.Item>
              <Menu.Item disabled={n === of} onClick={() => p.onMove(n)}>
                {t('rp.moveDown')}
              </Menu.Item>
              <Menu.Item disabled={n === of} onClick={() => p.onMove(of - 1)}>
                {t('rp.toEnd')}
              </Menu.Item>
              {back && <Menu.Item onClick={p.onBack}>{t('rp.back', { column: back.name })}</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </li>
  );
}
