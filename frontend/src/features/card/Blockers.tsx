import { OctagonAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { blockedDays } from '../../lib/age';
import { announce } from '../../lib/announce';
import { absolute, relative } from '../../lib/time';
import { useNow } from '../../lib/use-now';
import { useBoard, usePeople } from '../../live';
import { Field } from '../../ui/Dialog';
import css from './card.module.css';
import { attempt, useRoom } from './context';
import { t } from './messages';
import { closedBlockers } from './model';
import { Raised } from './Raise';

/** What stands in the way: open ones with how long, a form for one more, closed ones folded away. */
export function Blockers() {
  const { store, face, detail, can } = useRoom();
  const board = useBoard();
  const people = usePeople();
  const [adding, setAdding] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const name = (key: string) => board.blockerCategories.find((c) => c.key === key)?.name ?? key;
  const closed = closedBlockers(detail);
  const now = useNow(60_000);
  if (face.blockers.length === 0 && closed.length === 0 && !can.work) return null;

  const close = () => {
    setAdding(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  return (
    <section className={css.part} aria-label={t('card.blockers')}>
      <div className={css.partHead}>
        <h3>{t('card.blockers')}</h3>
        {face.blockers.length > 0 && <span className="count">{face.blockers.length}</span>}
        {can.work && !adding && (
          <button ref={opener} type="button" className="btn ghost sm" onClick={() => setAdding(true)}>
            {t('card.block')}
          </button>
        )}
      </div>
      <ul className={css.list}>
        {face.blockers.map((b) => (
          <li key={b.id} className={`${css.blocker} hatch`}>
            <OctagonAlert size={16} aria-hidden />
            <div>
              <strong>{b.reason}</strong>
              <p className={css.sub}>
                {name(b.category)}
                {b.waitingFor &&
                  ` · ${t('card.waitsFor', { who: people.get(b.waitingFor)?.name ?? b.waitingFor })}`}
                {' · '}
                <time dateTime={b.openedAt} title={absolute(b.openedAt)}>
                  {t('card.blockedFor', { n: blockedDays(b.openedAt, now, board.timeZone) })}
                </time>
                {b.blockedBy && (
                  <>
                    {' · '}
                    <a href={`/c/${b.blockedBy.key}`}>{b.blockedBy.key}</a>
                  </>
                )}
              </p>
              <Raised blocker={b} />
            </div>
            {can.work && (
              <button
                type="button"
                className="btn line sm"
                onClick={() => {
                  announce(t('card.unblocked', { key: face.key }));
                  void attempt(store.unblock(b.id));
                }}
              >
                {t('card.unblock')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {adding && <BlockForm onDone={close} />}
      {closed.length > 0 && (
        <details className={css.closed}>
          <summary>{t('card.closedBlockers', { n: closed.length })}</summary>
          <ul>
            {closed.map((b) => (
              <li key={b.id}>
                {b.reason} · {name(b.category)} ·{' '}
                <span title={`${absolute(b.openedAt)} – ${absolute(b.closedAt!)}`}>
                  {t('card.wasBlocked', { n: blockedDays(b.openedAt, b.closedAt!, board.timeZone) })},{' '}
                  {relative(b.closedAt!)}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function BlockForm({ onDone }: { onDone: () => void }) {
  const { store, face } = useRoom();
  const categories = useBoard().blockerCategories;
  const [category, setCategory] = useState(categories[0]?.key ?? '');
  const [reason, setReason] = useState('');
  const [waitingFor, setWaitingFor] = useState('');
  const [missing, setMissing] = useState(false);
  const save = () => {
    if (!reason.trim()) {
      setMissing(true);
      return;
    }
    const fields = {
      category,
      reason: reason.trim(),
      ...(waitingFor.trim() ? { waitingFor: waitingFor.trim() } : {}),
    };
    announce(t('card.blockedSaid', { key: face.key }));
    void attempt(store.block(face.id, fields));
    onDone();
  };
  return (
    <form
      className={css.form}
      aria-label={t('card.blockAdd')}
      onSubmit={(e) => {
        e.preventDefault();
        save();
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return;
        e.preventDefault();
        e.stopPropagation();
        onDone();
      }}
    >
      <Field
        label={t('card.reason')}
        hint={t('card.reasonHint')}
        error={missing ? t('card.reasonMissing') : undefined}
      >
        <input
          className="input sm"
          // biome-ignore lint/a11y/noAutofocus: the form was asked for by this very press
          autoFocus
          maxLength={500}
          value={reason}
          aria-invalid={missing || undefined}
          onChange={(e) => {
            setReason(e.target.value);
            setMissing(false);
          }}
        />
      </Field>
      <Field label={t('card.category')}>
        <select className="input sm" value={category} onChange={(e) => setCategory(e.target.value)}>
          {categories.map((c) => (
            <option key={c.key} value={c.key}>
              {c.name}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('card.waitingFor')}>
        <input
          className="input sm"
          maxLength={200}
          value={waitingFor}
          onChange={(e) => setWaitingFor(e.target.value)}
        />
      </Field>
      <div className={css.formFoot}>
        <button type="button" className="btn line sm" onClick={onDone}>
          {t('card.cancel')}
        </button>
        <button type="submit" className="btn sm">
          {t('card.blockAdd')}
        </button>
      </div>
    </form>
  );
}
