import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { useStore } from '../../live';
import css from './card.module.css';
import { usePatch, useRoom } from './context';
import { Opening } from './Facts';
import { t } from './messages';

/** Labels are free words; those that the board uses already are offered. */
export function Labels() {
  const { face } = useRoom();
  const store = useStore();
  const patch = usePatch();
  const [typed, setTyped] = useState('');
  const id = useId();
  const set = (labels: string[]) => void patch({ labels }, t('card.labels'));
  const add = () => {
    const label = typed.replace(/\s+/g, ' ').trim();
    setTyped('');
    if (label && !face.labels.some((l) => l.toLocaleLowerCase() === label.toLocaleLowerCase()))
      set([...face.labels, label]);
  };
  const used = () => {
    const all = new Set(store.cardIds().flatMap((c) => store.card(c)?.labels ?? []));
    return [...all].filter((l) => !face.labels.includes(l)).sort();
  };
  const shown = face.labels.length ? (
    face.labels.map((l) => (
      <span key={l} className="tag">
        {l}
      </span>
    ))
  ) : (
    <span className={css.quiet}>{t('card.none')}</span>
  );
  return (
    <Opening name={t('card.labels')} shown={shown}>
      {face.labels.length > 0 && (
        <ul className={css.tags}>
          {face.labels.map((l) => (
            <li key={l} className="tag">
              {l}
              <button
                type="button"
                aria-label={t('card.removeLabel', { label: l })}
                onClick={() => set(face.labels.filter((x) => x !== l))}
              >
                <X size={12} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        className="input sm"
        list={id}
        aria-label={t('card.addLabel')}
        placeholder={t('card.addLabel')}
        maxLength={60}
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
        onKeyDown={(e) => {
          if (e.key !== 'Enter' || e.nativeEvent.isComposing) return;
          e.preventDefault();
          add();
        }}
        onBlur={add}
      />
      <datalist id={id}>
        {used().map((l) => (
          <option key={l} value={l} />
        ))}
      </datalist>
    </Opening>
  );
}
