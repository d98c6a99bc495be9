import { useMemo, useState } from 'react';
import type { Face } from '../../../api/types';
import { useLive, useRoom } from '../context';
import { t } from '../messages-dialogs';
import { toggled } from '../model/filter';
import s from './menus.module.css';

/** Labels that the board knows, and a new one by typing it. */
export function LabelsPanel({ card }: { card: Face; onClose: () => void }) {
  const { actions, store } = useRoom();
  const [text, setText] = useState('');
  const ids = useLive('cards', (st) => st.cardIds());
  const known = useMemo(() => {
    const all = new Set<string>();
    for (const id of ids) for (const l of store.card(id)?.labels ?? []) all.add(l);
    return [...all].sort((a, b) => a.localeCompare(b));
  }, [ids, store]);
  const want = text.trim();
  const shown = [...new Set([...card.labels, ...known])].filter((l) =>
    l.toLocaleLowerCase().includes(want.toLocaleLowerCase()),
  );
  const add = () => {
    if (!want || card.labels.includes(want)) return;
    void actions.setLabels(card, [...card.labels, want]);
    setText('');
  };
  return (
    <form
      className={s.form}
      onSubmit={(e) => {
        e.preventDefault();
        add();
      }}
    >
      <input
        className="input sm"
        data-autofocus
        value={text}
        maxLength={40}
        placeholder={t('board.findLabel')}
        aria-label={t('board.findLabel')}
        onChange={(e) => setText(e.target.value)}
      />
      <ul className={s.checks}>
        {shown.slice(0, 60).map((l) => (
          <li key={l}>
            <label>
              <input
                type="checkbox"
                checked={card.labels.includes(l)}
                onChange={() => void actions.setLabels(card, toggled(card.labels, l) ?? [])}
              />
              <span className="tag">{l}</span>
            </label>
          </li>
        ))}
      </ul>
      {want && !known.includes(want) && !card.labels.includes(want) && (
        <button type="submit" className="btn soft sm">
          {t('board.addLabel', { label: want })}
        </button>
      )}
    </form>
  );
}
