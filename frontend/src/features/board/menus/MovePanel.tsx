import { useState } from 'react';
import type { Face } from '../../../api/types';
import { useColumns, useRoom, useRows } from '../context';
import { seat } from '../focus';
import { t } from '../messages-dialogs';
import type { Spot } from '../model/place';
import { saidVerdict } from '../verdicts';
import { inStrip } from '../view';
import s from './menus.module.css';

type Where = 'top' | 'bottom' | 'number';

/** Column, row, position: everything that dragging can say, said with clicks or keys. */
export function MovePanel({ card, onClose }: { card: Face; onClose: () => void }) {
  const room = useRoom();
  const { view, store, mover } = room;
  const columns = useColumns();
  const rows = useRows();
  const spot = view.spotOf(card.id);
  const strip = inStrip(card);
  const [columnId, setColumn] = useState(card.columnId);
  const [row, setRow] = useState(spot && !spot.strip ? spot.row : (rows[0]?.id ?? '*'));
  const [where, setWhere] = useState<Where>('top');
  const [number, setNumber] = useState(1);
  const target: Spot = { columnId, row, strip };
  const others = view.cell(target).filter((x) => x !== card.id).length;
  const verdict = saidVerdict(store, card, target, view.by() === 'lanes');
  const index = where === 'top' ? 0 : where === 'bottom' ? others : Math.max(0, Math.min(number - 1, others));
  return (
    <form
      className={s.form}
      onSubmit={(e) => {
        e.preventDefault();
        onClose();
        void mover.move(card.id, { ...target, index }).then(() => seat(room, card.id));
      }}
    >
      <fieldset className={s.radios}>
        <legend>{t('board.column')}</legend>
        {columns.map((c) => (
          <label key={c.id}>
            <input
              type="radio"
              name="column"
              value={c.id}
              data-autofocus={c.id === card.columnId || undefined}
              checked={c.id === columnId}
              onChange={() => setColumn(c.id)}
            />
            {c.name}
            {c.id === card.columnId && <span className={s.note}>{t('board.here')}</span>}
          </label>
        ))}
      </fieldset>
      {rows.length > 1 && !strip && (
        <label className={s.pair}>
          <span>{t('board.row')}</span>
          <select className="input sm" value={row} onChange={(e) => setRow(e.target.value)}>
            {rows.map((r) => (
              <option key={r.id} value={r.id}>
                {r.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <fieldset className={s.where}>
        <legend>{t('board.position')}</legend>
        {(['top', 'bottom', 'number'] as const).map((w) => (
          <label key={w}>
            <input type="radio" name="where" checked={w === where} onChange={() => setWhere(w)} />
            {t(`board.where.${w}`)}
          </label>
        ))}
        <input
          className="input sm"
          type="number"
          min={1}
          max={others + 1}
          value={number}
          aria-label={t('board.positionOf', { of: others + 1 })}
          onFocus={() => setWhere('number')}
          onChange={(e) => setNumber(Number(e.target.value) || 1)}
        />
      </fieldset>
      {verdict && (
        <p className={s.said} data-tone={verdict.tone}>
          {verdict.text}
        </p>
      )}
      <div className={s.foot}>
        <button type="button" className="btn ghost sm" onClick={onClose}>
          {t('board.cancel')}
        </button>
        <button type="submit" className="btn sm">
          {t('board.move')}
        </button>
      </div>
    </form>
  );
}
