import { useId } from 'react';
import type { Signal } from '../../api/types';
import { useData } from '../../lib/data';
import { t } from './messages';
import { useRoom } from './room';
import type { Proof } from './types';

/** The result of a check, read from a signal that a pipeline has set on the checklist's card. */
export function FactField({
  proof: p,
  onChange,
}: {
  proof: Proof;
  onChange: (next: Partial<Proof>) => void;
}) {
  const { view } = useRoom();
  const id = useId();
  const signals = useData<{ card: { signals: Signal[] } }>(view.card ? `/cards/${view.card.id}` : null).data
    ?.card.signals;
  return (
    <span className="ck-f" data-wide>
      <label htmlFor={id}>{t('ck.add.auto')}</label>
      <select
        id={id}
        className="input sm"
        value={p.value}
        onChange={(e) => onChange({ value: e.target.value })}
      >
        <option value="">{t(signals?.length === 0 ? 'ck.factNone' : 'ck.factChoose')}</option>
        {signals?.map((s) => (
          <option key={s.key} value={s.key}>
            {t('ck.fact', { key: s.key, state: s.state, text: s.text })}
          </option>
        ))}
      </select>
    </span>
  );
}
