import { OctagonX } from 'lucide-react';
import { useState } from 'react';
import { blockedDays } from '../../../lib/age';
import { Dialog, Field } from '../../../ui/Dialog';
import { useBoard, useCard, useRoom, useUi } from '../context';
import { focusCard } from '../focus';
import { t } from '../messages-dialogs';
import s from './dialogs.module.css';

/** Says that a card cannot move and why; open blockers are listed and can be closed. */
export function BlockDialog({ id }: { id: string }) {
  const room = useRoom();
  const { ui, actions } = room;
  const board = useBoard();
  const card = useCard(id);
  const [category, setCategory] = useState(board.blockerCategories[0]?.key ?? 'other');
  const [reason, setReason] = useState('');
  const [waitingFor, setWaitingFor] = useState('');
  const [tried, setTried] = useState(false);
  const close = () => {
    ui.setState({ dialog: null });
    focusCard(room, id);
  };
  const now = useUi((u) => u.now);
  const since = (openedAt: string) =>
    t('board.blockedDays', { n: blockedDays(openedAt, now, board.timeZone) });
  if (!card) return null;
  const submit = () => {
    setTried(true);
    if (!reason.trim()) return;
    void actions.block(card, {
      category,
      reason: reason.trim(),
      waitingFor: waitingFor.trim() || undefined,
    });
    close();
  };
  const groups = [false, true].map((external) => ({
    external,
    items: board.blockerCategories.filter((c) => c.external === external),
  }));
  return (
    <Dialog
      title={t('board.blockTitle', { key: card.key })}
      onClose={close}
      onSubmit={submit}
      actions={
        <>
          <button type="button" className="btn line" onClick={close}>
            {t('board.cancel')}
          </button>
          <button type="submit" className="btn">
            {t(card.blockers.length ? 'board.blockAnother' : 'board.block')}
          </button>
        </>
      }
    >
      {card.blockers.length > 0 && (
        <ul className={s.blockers}>
          {card.blockers.map((b) => (
            <li key={b.id} className="hatch">
              <OctagonX size={15} aria-hidden />
              <span>
                {b.reason}
                <small>
                  {b.waitingFor
                    ? t('board.waitingFor', { who: b.waitingFor, since: since(b.openedAt) })
                    : since(b.openedAt)}
                </small>
              </span>
              <button
                type="button"
                className="btn line sm"
                onClick={() => {
                  void actions.unblock(card, b.id);
                  if (card.blockers.length === 1) close();
                }}
              >
                {t('board.unblock')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Field label={t('board.blockCategory')}>
        <select className="input" value={category} onChange={(e) => setCategory(e.target.value)}>
          {groups.map((g) =>
            g.items.length ? (
              <optgroup key={String(g.external)} label={t(g.external ? 'board.external' : 'board.internal')}>
                {g.items.map((c) => (
                  <option key={c.key} value={c.key}>
                    {c.name}
                  </option>
                ))}
              </optgroup>
            ) : null,
          )}
        </select>
      </Field>
      <Field
        label={t('board.blockReason')}
        hint={t('board.blockReasonHint')}
        error={tried && !reason.trim() ? t('board.blockReasonNeeded') : undefined}
      >
        <input
          className="input"
          value={reason}
          maxLength={300}
          data-autofocus
          onChange={(e) => setReason(e.target.value)}
        />
      </Field>
      <Field label={t('board.blockWaiting')}>
        <input
          className="input"
          value={waitingFor}
          maxLength={120}
          onChange={(e) => setWaitingFor(e.target.value)}
        />
      </Field>
    </Dialog>
  );
}
