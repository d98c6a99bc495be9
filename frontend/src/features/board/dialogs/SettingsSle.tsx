import { X } from 'lucide-react';
import { CARD_CLASSES, type CardClass, type Sle } from '../../../api/types';
import { t } from '../messages-dialogs';
import { className } from '../words';
import s from './dialogs.module.css';
import { whole } from './WipFields';

export interface SleDraft {
  class?: CardClass;
  days: number;
  percent: number;
}
interface Props {
  value: SleDraft[];
  onChange: (v: SleDraft[]) => void;
  /** What the record says about them: how many finished cards they rest on. */
  known: readonly Sle[];
}

/** Within how many days how many of a hundred finish; a default, and a class may have its own. */
export function SettingsSle({ value, onChange, known }: Props) {
  const set = (i: number, patch: Partial<SleDraft>) =>
    onChange(value.map((x, k) => (k === i ? { ...x, ...patch } : x)));
  const missing = CARD_CLASSES.filter((c) => !value.some((x) => x.class === c));
  const hasDefault = value.some((x) => !x.class);
  return (
    <section className={s.section}>
      <h3>{t('board.sleTitleLong')}</h3>
      <p className={s.note}>{t('board.sleHint')}</p>
      <ul className={s.list}>
        {value.map((x, i) => {
          const name = x.class ? className(x.class) : t('board.sleDefault');
          const k = known.find((y) => y.class === x.class);
          return (
            <li key={x.class ?? 'default'} className={s.sle}>
              <span>
                {name}
                {k && <small>{t(k.guess ? 'board.sleRestsGuess' : 'board.sleRests', { n: k.n })}</small>}
              </span>
              <span className={s.unit}>
                <input
                  className="input sm"
                  type="number"
                  min={1}
                  max={99}
                  value={x.percent || ''}
                  aria-label={t('board.slePercentOf', { name })}
                  onChange={(e) => set(i, { percent: whole(e.target.value) ?? 0 })}
                />
                %
              </span>
              <span className={s.unit}>
                <input
                  className="input sm"
                  type="number"
                  min={1}
                  value={x.days || ''}
                  aria-label={t('board.sleDaysOf', { name })}
                  onChange={(e) => set(i, { days: whole(e.target.value) ?? 0 })}
                />
                {t('board.daysUnit')}
              </span>
              <button
                type="button"
                className="btn ghost sm icon"
                aria-label={t('board.sleRemove', { name })}
                onClick={() => onChange(value.filter((_, k2) => k2 !== i))}
              >
                <X size={15} aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
      <div className={s.adds}>
        {!hasDefault && (
          <button
            type="button"
            className="btn line sm"
            onClick={() => onChange([{ days: 10, percent: 85 }, ...value])}
          >
            {t('board.sleAdd', { name: t('board.sleDefault') })}
          </button>
        )}
        {missing.map((c) => (
          <button
            key={c}
            type="button"
            className="btn line sm"
            onClick={() => onChange([...value, { class: c, days: 5, percent: 85 }])}
          >
            {t('board.sleAdd', { name: className(c) })}
          </button>
        ))}
      </div>
    </section>
  );
}
