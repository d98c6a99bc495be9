import { OctagonX } from 'lucide-react';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import type { Face } from '../../../api/types';
import { clockOf } from '../../../lib/age';
import { Avatar, hueColour } from '../../../ui/Avatar';
import { InlineEdit } from '../../../ui/InlineEdit';
import { useBoard, useCard, useLive, usePeople, useRoom, useUi } from '../context';
import { byFinger } from '../drag';
import { t } from '../messages';
import { selectTo, toggleSelected } from '../select';
import { AskLine } from '../triage/AskLine';
import type { Anchor, CardMenu } from '../ui-state';
import { CardSignals } from './CardSignals';
import { CardTop } from './CardTop';
import s from './card.module.css';
import foot from './card-foot.module.css';
import { OwnState } from './OwnState';
import { Taken } from './Taken';
import { useDraggable } from './useDraggable';

interface Props {
  id: string;
  /** 1…n of a queue column. */
  number?: number;
  inStrip: boolean;
}

const FLASH_MS = 1400;
const under = (el: HTMLElement): Anchor => {
  const r = el.getBoundingClientRect();
  return { x: r.left, y: r.bottom };
};

/** "Bo" and his hue when somebody else edits this card, as one string so that nothing redraws for nothing. */
function useEditor(id: string): [name: string, hue: number] | undefined {
  const { me } = useRoom();
  const said = useLive('presence', (store) => {
    const other = store
      .presence()
      .find((p) => p.at?.cardId === id && p.at.editing && p.personId !== me().person.id);
    return other ? `${other.hue}|${other.name.split(' ')[0]}` : '';
  });
  if (!said) return undefined;
  const cut = said.indexOf('|');
  return [said.slice(cut + 1), Number(said.slice(0, cut))];
}

/** Four marks in one subscription: there are many cards, and each of these changes one or two of them. */
function useMarks(id: string) {
  const bits = useUi(
    (u) =>
      (u.focusId === id ? 1 : 0) |
      (u.grab?.id === id ? 2 : 0) |
      (u.dragId === id ? 4 : 0) |
      (u.editing === id ? 8 : 0) |
      (u.selected.has(id) ? 16 : 0),
  );
  return {
    tabbable: !!(bits & 1),
    grabbed: !!(bits & 2),
    dragged: !!(bits & 4),
    editing: !!(bits & 8),
    selected: !!(bits & 16),
  };
}

/** Whether an own change waits, and when somebody else last changed the card. */
function useOwnAndOthers(id: string): [boolean, number] {
  const said = useLive(id, (st) => (st.pending(id) ? -1 : 1) * (st.touchedAt(id) + 1));
  return [said < 0, Math.abs(said) - 1];
}

export const Card = memo(function Card({ id, number, inStrip }: Props) {
  const card = useCard(id);
  if (!card) return null;
  return <CardFace card={card} number={number} inStrip={inStrip} />;
});

function CardFace({ card, number, inStrip }: Omit<Props, 'id'> & { card: Face }) {
  const { id } = card;
  const { ui, canWork } = useRoom();
  const board = useBoard();
  const now = useUi((u) => u.now);
  const { tabbable, grabbed, dragged, editing, selected } = useMarks(id);
  const [pending, touched] = useOwnAndOthers(id);
  const editor = useEditor(id);
  const ref = useRef<HTMLDivElement>(null);
  useDraggable(ref, id);

  const open = useCallback(
    (kind: CardMenu, at: Anchor) => ui.setState({ focusId: id, menu: { kind, id, at } }),
    [ui, id],
  );
  const k = clockOf(card, board, now);
  const blockers = card.blockers;
  const style = editor ? ({ '--watch': hueColour(editor[1]) } as React.CSSProperties) : undefined;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the same menu is on the card's button and on M
    <div
      ref={ref}
      className={s.card}
      data-card={id}
      data-level={k.word === 'age' && k.level >= 2 && !card.mirror ? k.level : undefined}
      data-done={card.finishedAt ? '' : undefined}
      data-mirror={card.mirror ? '' : undefined}
      data-slim={inStrip || undefined}
      data-selected={selected || undefined}
      data-grabbed={grabbed || undefined}
      data-dragged={dragged || undefined}
      data-watch={editor ? '' : undefined}
      style={style}
      onContextMenu={(e) => {
        if (!canWork() || e.shiftKey) return;
        e.preventDefault();
        // a finger that rests lifts the card, and opens this when it lets go
        if (!byFinger()) open('card', { x: e.clientX, y: e.clientY });
      }}
    >
      {touched > 0 && Date.now() - touched < FLASH_MS && (
        <i key={touched} className={s.flash} aria-hidden="true" />
      )}
      {editor && <span className={s.watch}>{t('board.editing', { name: editor[0] })}</span>}
      {pending && (
        <i className={s.pending} title={t('board.notSent')} role="img" aria-label={t('board.notSent')} />
      )}
      <CardTop
        card={card}
        board={board}
        now={now}
        number={number}
        inStrip={inStrip}
        onMenu={(el) => open('card', under(el))}
      />
      {editing ? (
        <TitleEdit card={card} />
      ) : (
        <TitleLink card={card} tabbable={tabbable} selected={selected} />
      )}
      {blockers.length > 0 && (
        <div className={s.blocked}>
          <OctagonX size={14} aria-hidden />
          <span>
            {t(blockers.length > 1 ? 'board.blockedMore' : 'board.blocked', {
              reason: blockers[0]!.reason || t('board.noReason'),
              n: blockers.length - 1,
            })}
          </span>
          <Taken blocker={blockers[0]!} />
        </div>
      )}
      {card.ask && <AskLine card={card} />}
      {inStrip ? (
        <Owner card={card} slim onAssign={(el) => open('assign', under(el))} />
      ) : (
        <div className={foot.foot}>
          {card.mirror ? (
            <OwnState mirror={card.mirror} clock={k} />
          ) : (
            <CardSignals card={card} zone={board.timeZone} now={now} />
          )}
          <Owner card={card} onAssign={(el) => open('assign', under(el))} />
        </div>
      )}
    </div>
  );
}

const DOUBLE_MS = 220;
/** The link's ::after covers the card; its own box is only the title. */
function onWords(e: React.MouseEvent<HTMLElement>): boolean {
  const r = e.currentTarget.getBoundingClientRect();
  return e.clientX >= r.left && e.clientX <= r.right && e.clientY >= r.top && e.clientY <= r.bottom;
}

function TitleLink({ card, tabbable, selected }: { card: Face; tabbable: boolean; selected: boolean }) {
  const room = useRoom();
  const { ui, setSearch, canWork } = room;
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);
  return (
    <a
      href={`/c/${card.key}`}
      className={s.title}
      data-link={card.id}
      draggable={false}
      tabIndex={tabbable ? 0 : -1}
      aria-describedby="board-keys"
      aria-label={t(
        selected ? 'board.selectedWord' : card.blockers.length ? 'board.cardNameBlocked' : 'board.cardName',
        {
          title: card.title,
          key: card.key,
        },
      )}
      onFocus={() => ui.getState().focusId !== card.id && ui.setState({ focusId: card.id })}
      onClick={(e) => {
        if (e.metaKey || e.ctrlKey || e.button !== 0) return;
        if (e.shiftKey && canWork()) {
          e.preventDefault();
          selectTo(room, card.id);
          return;
        }
        if (e.shiftKey) return;
        e.preventDefault();
        if (byFinger() && ui.getState().selected.size > 0) {
          toggleSelected(room, card.id);
          return;
        }
        clearTimeout(waiting.current);
        const open = () => setSearch({ card: card.key });
        // Only on the words themselves a second click may follow; the rest of the card opens at once.
        if (e.detail === 1 && canWork() && !card.mirror && onWords(e))
          waiting.current = setTimeout(open, DOUBLE_MS);
        else if (e.detail < 2) open();
      }}
      onDoubleClick={(e) => {
        if (!canWork() || card.mirror || !onWords(e)) return;
        e.preventDefault();
        clearTimeout(waiting.current);
        ui.setState({ editing: card.id });
      }}
    >
      {card.title}
    </a>
  );
}

function TitleEdit({ card }: { card: Face }) {
  const { ui, actions, store, setSearch } = useRoom();
  const { id } = card;
  const [begun] = useState(card);
  useEffect(() => {
    store.at({ cardId: id, editing: true });
    return () => store.at({});
  }, [store, id]);
  const close = () => {
    ui.setState({ editing: null });
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-link="${card.id}"]`)?.focus());
  };
  return (
    <InlineEdit
      className={s.titleEdit}
      value={begun.title}
      label={t('board.titleOf', { key: card.key })}
      onSave={(title) => {
        void actions.rename(begun, title).then((kept) => {
          // yours and theirs are shown in the open card
          if (!kept && store.rejected().some((r) => r.cardId === id && r.text))
            setSearch({ card: begun.key });
        });
        close();
      }}
      onCancel={close}
    />
  );
}

function Owner({
  card,
  slim,
  onAssign,
}: {
  card: Face;
  slim?: boolean;
  onAssign: (el: HTMLElement) => void;
}) {
  const { canWork } = useRoom();
  const people = usePeople();
  const first = card.ownerIds.map((o) => people.get(o)).find(Boolean);
  const face = (
    <Avatar person={first} size={slim ? 20 : 22} more={Math.max(0, card.ownerIds.length - 1)} decorative />
  );
  const name = first
    ? t('board.ownersOf', {
        key: card.key,
        names: card.ownerIds.map((o) => people.get(o)?.name ?? '').join(', '),
      })
    : t('board.assign', { key: card.key });
  // the empty ring is a way to take the card, not a sign
  if (!canWork() || card.mirror)
    return (
      first && (
        <span className={foot.owner} role="img" aria-label={name} title={name} data-slim={slim || undefined}>
          {face}
        </span>
      )
    );
  return (
    <button
      type="button"
      className={foot.owner}
      data-slim={slim || undefined}
      tabIndex={-1}
      aria-label={name}
      title={name}
      aria-haspopup="menu"
      onClick={(e) => onAssign(e.currentTarget)}
    >
      {face}
    </button>
  );
}
