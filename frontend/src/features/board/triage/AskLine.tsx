import { CalendarCheck, Check, HandHelping, MessageCircleQuestion, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Face } from '../../../api/types';
import { useWithKey } from '../../../lib/keys';
import { absolute, moment } from '../../../lib/time';
import { useRoom } from '../context';
import { t } from '../messages';
import { isOpenAsk } from './open';
import s from './triage.module.css';

/** Who asks for it, and as long as it waits the three answers. */
export function AskLine({ card }: { card: Face }) {
  const room = useRoom();
  const { ask } = card;
  if (!ask) return null;
  // shown on the asker's board: there it is only looked at
  const elsewhere = 'mirror' in card && card.mirror !== undefined;
  const open = isOpenAsk(card) && room.canWork();
  return (
    <div className={s.ask}>
      <p className={s.who}>
        <HandHelping size={14} aria-hidden />
        <span>
          {t(ask.fromTeamKey ? 'board.triage.byTeam' : 'board.triage.by', {
            who: ask.byName,
            team: ask.fromTeamKey ?? '',
          })}
          {ask.state === 'questioned' && ` · ${t('board.triage.waits')}`}
        </span>
      </p>
      {open && (
        <div className={s.acts}>
          <Answer
            name={t('board.triage.acceptOf', { key: card.key })}
            title={t('board.triage.accept')}
            of="y"
            onClick={() => void import('./triage').then((m) => m.accept(room, card))}
          >
            <Check size={14} aria-hidden />
            {t('board.triage.accept')}
          </Answer>
          <Answer
            name={t('board.triage.declineOf', { key: card.key })}
            title={t('board.triage.declineHow')}
            of="n"
            onClick={() => room.ui.setState({ dialog: { kind: 'triage', id: card.id, verb: 'decline' } })}
          >
            <X size={14} aria-hidden />
            <span>{t('board.triage.decline')}</span>
          </Answer>
          <Answer
            name={t('board.triage.askOf', { key: card.key })}
            title={t('board.triage.ask')}
            of="q"
            onClick={() => room.ui.setState({ dialog: { kind: 'triage', id: card.id, verb: 'question' } })}
          >
            <MessageCircleQuestion size={14} aria-hidden />
            <span>{t('board.triage.ask')}</span>
          </Answer>
        </div>
      )}
      {ask.taken && (
        <p className={s.who}>
          <CalendarCheck size={14} aria-hidden />
          <a href={`/api/v1/asks/${ask.id}/meeting.ics`} download="sit-together.ics" tabIndex={-1}>
            {t('board.triage.sitOn', { when: moment(ask.taken) })}
          </a>
        </p>
      )}
      {!ask.taken && ask.times && room.canWork() && !elsewhere && !card.finishedAt && (
        <div className={s.acts}>
          <span className={s.sit}>{t('board.triage.sit')}</span>
          {ask.times.map((at) => (
            <button
              key={at}
              type="button"
              tabIndex={-1}
              aria-label={t('board.triage.sitOf', { who: ask.byName, when: absolute(at) })}
              onClick={() => void import('./triage').then((m) => m.sit(room, card, at))}
            >
              {moment(at)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

interface AnswerProps {
  name: string;
  title: string;
  /** Its key by default. */
  of: string;
  onClick: () => void;
  children: ReactNode;
}

function Answer({ name, title, of, onClick, children }: AnswerProps) {
  return (
    <button type="button" tabIndex={-1} aria-label={name} title={useWithKey(title, of)} onClick={onClick}>
      {children}
    </button>
  );
}
