import {
  CalendarClock,
  CircleCheck,
  CircleX,
  CornerUpLeft,
  Info,
  ListChecks,
  Network,
  Rocket,
  Siren,
} from 'lucide-react';
import type { Face, Signal } from '../../../api/types';
import { dueTone } from '../../../lib/age';
import { dateWords } from '../../../lib/time';
import { useBoard, usePeople } from '../context';
import { t } from '../messages';
import { textOf } from '../model/fields';
import s from './card-foot.module.css';

const WEIGHT = { failed: 0, running: 1, info: 2, ok: 3 } as const;
/** More would push the face away; the rest is in the peek. */
const SHOWN = 2;

const isChange = (x: Signal) => /^(chg|change|inc|incident)/i.test(x.key) || /^(CHG|INC)/.test(x.text);

function SignalIcon({ signal }: { signal: Signal }) {
  if (signal.state === 'failed') return <CircleX size={13} aria-hidden />;
  if (signal.state === 'ok') return <CircleCheck size={13} aria-hidden />;
  if (signal.state === 'running') return <Rocket size={13} aria-hidden />;
  return isChange(signal) ? <Siren size={13} aria-hidden /> : <Info size={13} aria-hidden />;
}

function SignalChip({ signal, now }: { signal: Signal; now: number }) {
  const expired = !!signal.expiresAt && Date.parse(signal.expiresAt) < now;
  const inner = (
    <>
      <SignalIcon signal={signal} />
      {signal.text}
      <span className="sr">
        {expired ? t('board.signal.old') : signal.state === 'info' ? '' : t(`board.signal.${signal.state}`)}
      </span>
    </>
  );
  const look = { className: s.meta, 'data-signal': expired ? 'old' : signal.state };
  const title = expired ? t('board.signal.oldTitle', { text: signal.text }) : signal.text;
  if (!signal.url || !/^https?:/i.test(signal.url))
    return (
      <span {...look} title={title}>
        {inner}
      </span>
    );
  return (
    <a
      {...look}
      title={title}
      href={signal.url}
      target="_blank"
      rel="noreferrer"
      tabIndex={-1}
      draggable={false}
    >
      {inner}
    </a>
  );
}

/** Tags, to-dos, a date that matters, and what pipelines say: the quiet third row without the face. */
export function CardSignals({ card, zone, now }: { card: Face; zone: string; now: number }) {
  const due = dueTone(card, zone, now);
  const signals = [...card.signals].sort((a, b) => WEIGHT[a.state] - WEIGHT[b.state]);
  const todo = card.todo?.total ? card.todo : undefined;
  return (
    <span className={s.facts}>
      {card.labels.slice(0, 2).map((l) => (
        <span key={l} className={s.tag}>
          {l}
        </span>
      ))}
      {card.dueOn && (due !== 'none' || card.class === 'fixed_date' || card.ask) && !card.finishedAt && (
        <span
          className={s.meta}
          data-due={due}
          title={t(`board.due.${due}`, { date: dateWords(card.dueOn, now) })}
        >
          <CalendarClock size={13} aria-hidden />
          <span className="sr">{t(`board.due.${due}`, { date: dateWords(card.dueOn, now) })}</span>
          <span aria-hidden="true">{dateWords(card.dueOn, now)}</span>
        </span>
      )}
      {todo && (
        <span className={s.meta}>
          <ListChecks size={13} aria-hidden />
          {todo.done}/{todo.total}
          <span className="sr">{t('board.todosDone')}</span>
        </span>
      )}
      <Beside card={card} />
      {signals.slice(0, SHOWN).map((x) => (
        <SignalChip key={x.key} signal={x} now={now} />
      ))}
    </span>
  );
}

/** Its parts, what it is a part of, and the fields that the board shows on faces: in few words, nothing to press. */
function Beside({ card }: { card: Face }) {
  const { fields } = useBoard();
  const people = usePeople();
  const sum = card.children;
  return (
    <>
      {sum && (
        <span className={s.meta} data-due={sum.blocked ? 'late' : undefined}>
          <Network size={13} aria-hidden />
          {sum.done}/{sum.total}
          <span className="sr">
            {t('board.partsDone')}
            {sum.blocked ? t('board.partsBlocked', { n: sum.blocked }) : ''}
          </span>
        </span>
      )}
      {card.parent && (
        <span className={s.meta}>
          <CornerUpLeft size={13} aria-hidden />
          <span className="sr">{t('board.partOf')}</span>
          {card.parent.key}
        </span>
      )}
      {card.fields &&
        fields
          .filter((f) => f.onFace && card.fields?.[f.id])
          .map((f) => (
            <span key={f.id} className={s.meta} title={f.name}>
              <span className="sr">{f.name}:</span>
              {textOf(f, card.fields![f.id]!, people)}
            </span>
          ))}
    </>
  );
}
