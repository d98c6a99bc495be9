import { CornerUpLeft, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { toast } from '../../lib/notify';
import { useCardIds } from '../../live';
import { CardPicker, type Picked } from './CardPicker';
import css from './card.module.css';
import { attempt, usePatch, useRoom } from './context';
import full from './full.module.css';
import { KinLine } from './KinLine';
import { tf } from './messages-full';

/** What this card is a part of, above everything else it says; a quiet line. */
export function ParentLine() {
  const { face, detail, can, asked, ask } = useRoom();
  const patch = usePatch();
  const parent = detail?.family.parent ?? (face.parent && { ...face.parent, title: '' });
  if (!parent && asked !== 'parent') return null;
  const set = (parentId: string | null, key: string) =>
    void patch({ parentId }, tf('card.parent')).then((kept) => {
      if (kept) announce(tf(parentId ? 'card.parentSet' : 'card.parentGone', { key: face.key, parent: key }));
    });
  if (!parent)
    return (
      <div className={full.parent}>
        <CardPicker
          label={tf('card.pickParent')}
          not={[face.id]}
          onCancel={() => ask(undefined)}
          onPick={(card) => {
            ask(undefined);
            set(card.id, card.key);
          }}
        />
      </div>
    );
  return (
    <p className={full.parent}>
      <CornerUpLeft size={14} aria-hidden />
      <span className={full.faint}>{tf('card.partOf')}</span>
      <KinLine kin={parent}>
        {can.work && (
          <button
            type="button"
            className="btn ghost sm icon"
            aria-label={tf('card.leaveParent', { key: parent.key })}
            title={tf('card.leaveParent', { key: parent.key })}
            onClick={(e) => {
              e.currentTarget.closest('aside, article')?.querySelector('h2')?.focus();
              set(null, parent.key);
              toast({
                text: tf('card.parentGone', { key: face.key, parent: parent.key }),
                action: { label: tf('card.undo'), run: () => set(parent.id, parent.key) },
              });
            }}
          >
            <X size={14} aria-hidden />
          </button>
        )}
      </KinLine>
    </p>
  );
}

/** The parts of this card, on whatever boards they stand, with their sum. */
export function Parts() {
  const { face, detail, can, asked, ask } = useRoom();
  useCardIds(); // parts on this board are shown as they are now
  const [busy, setBusy] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const family = detail?.family;
  const parts = family?.children ?? [];
  const adding = asked === 'part';
  if (parts.length === 0 && !family?.hidden && !adding) return null;
  const close = () => {
    ask(undefined);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const adopt = async (card: Picked) => {
    setBusy(true);
    const kept = await attempt(api.patch(`/cards/${card.id}`, { parentId: face.id }));
    setBusy(false);
    if (kept) announce(tf('card.parentSet', { key: card.key, parent: face.key }));
    close();
  };
  const sum = face.children;
  return (
    <section className={css.part} aria-label={tf('card.parts')}>
      <div className={css.partHead}>
        <h3>{tf('card.parts')}</h3>
        {sum && (
          <>
            <span className={css.quiet}>{tf('card.partsSum', { done: sum.done, total: sum.total })}</span>
            <progress className={css.progress} max={sum.total} value={sum.done} aria-hidden="true" />
            {sum.blocked ? (
              <span className={full.blocked}>{tf('card.partsBlocked', { n: sum.blocked })}</span>
            ) : null}
          </>
        )}
        {can.work && !adding && (
          <button ref={opener} type="button" className="btn ghost sm" onClick={() => ask('part')}>
            {tf('card.addPart')}
          </button>
        )}
      </div>
      {parts.length > 0 && (
        <ul className={full.kins}>
          {parts.map((k) => (
            <li key={k.id}>
              <KinLine kin={k} />
            </li>
          ))}
        </ul>
      )}
      {family?.hidden ? <p className={css.quiet}>{tf('card.partsHidden', { n: family.hidden })}</p> : null}
      {adding && (
        <div className={full.adding} data-busy={busy || undefined}>
          <CardPicker
            label={tf('card.pickPart')}
            not={[face.id, ...parts.map((p) => p.id)]}
            onPick={(card) => void adopt(card)}
            onCancel={close}
          />
          <p className={full.faint}>{tf('card.pickPartHint')}</p>
        </div>
      )}
    </section>
  );
}
