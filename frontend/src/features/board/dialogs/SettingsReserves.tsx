import { X } from 'lucide-react';
import { CARD_CLASSES, CARD_TYPES, type CardClass, type CardType, type Reserve } from '../../../api/types';
import { t } from '../messages-dialogs';
import { className, typeName } from '../words';
import s from './dialogs.module.css';
import { whole } from './WipFields';

/** All kinds of work that can have one. */
const KINDS: readonly Pick<Reserve, 'by' | 'key'>[] = [
  { by: 'planned', key: 'unplanned' },
  ...CARD_TYPES.map((key) => ({ by: 'type' as const, key })),
  ...CARD_CLASSES.map((key) => ({ by: 'class' as const, key })),
];
const same = (a: Pick<Reserve, 'by' | 'key'>, b: Pick<Reserve, 'by' | 'key'>) =>
  a.by === b.by && a.key === b.key;

const nameOf = ({ by, key }: Pick<Reserve, 'by' | 'key'>): string =>
  by === 'type'
    ? typeName(key as CardType)
    : by === 'class'
      ? className(key as CardClass)
      : t(key === 'planned' ? 'board.reservePlanned' : 'board.reserveUnplanned');

/** What is wrong with them, or nothing. */
export function reservesFault(list: readonly Reserve[]): string | undefined {
  if (list.some((r) => r.percent < 1 || r.percent > 100)) return t('board.reserveNumbers');
  for (const by of ['planned', 'type', 'class'])
    if (list.filter((r) => r.by === by).reduce((n, r) => n + r.percent, 0) > 100)
      return t('board.reserveSum');
}

/** Which share of the work is kept free for which kind of it; Flow says what came of it. */
export function SettingsReserves({
  value,
  onChange,
}: {
  value: readonly Reserve[];
  onChange: (v: Reserve[]) => void;
}) {
  const missing = KINDS.filter((k) => !value.some((r) => same(r, k)));
  return (
    <section className={s.section}>
      <h3>{t('board.reserves')}</h3>
      <p className={s.note}>{t('board.reservesHint')}</p>
      <ul className={s.list}>
        {value.map((r, i) => {
          const name = nameOf(r);
          return (
            <li key={`${r.by} ${r.key}`} className={s.sle}>
              <span>{name}</span>
              <span className={s.unit}>
                <input
                  className="input sm"
                  type="number"
                  min={1}
                  max={100}
                  value={r.percent || ''}
                  aria-label={t('board.reservePercentOf', { name })}
                  onChange={(e) =>
                    onChange(
                      value.map((x, k) => (k === i ? { ...x, percent: whole(e.target.value) ?? 0 } : x)),
                    )
                  }
                />
                %
              </span>
              <button
                type="button"
                className="btn ghost sm icon"
                aria-label={t('board.reserveRemove', { name })}
                onClick={() => onChange(value.filter((_, k) => k !== i))}
              >
                <X size={15} aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
      {missing.length > 0 && (
        <select
          className="input sm"
          aria-label={t('board.reserveAdd')}
          value=""
          onChange={(e) => {
            const kind = missing[Number(e.target.value)];
            if (kind) onChange([...value, { ...kind, percent: 20 }]);
          }}
        >
          <option value="">{t('board.reserveAdd')}</option>
          {missing.map((k, i) => (
            <option key={`${k.by} ${k.key}`} value={i}>
              {nameOf(k)}
            </option>
          ))}
        </select>
      )}
    </section>
  );
}
