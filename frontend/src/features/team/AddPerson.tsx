import { type ReactNode, useState } from 'react';
import type { Person } from '../../api/types';
import { t } from './messages';

/** Chooses somebody and one property, and adds them. */
export function AddPerson({
  people,
  property,
  initial,
  children,
  add,
}: {
  people: readonly Person[];
  property: string;
  initial: string;
  /** The options of the property. */
  children: ReactNode;
  add: (personId: string, value: string) => Promise<unknown>;
}) {
  const [who, setWho] = useState('');
  const [value, setValue] = useState(initial);
  const [busy, setBusy] = useState(false);
  if (people.length === 0) return null;
  return (
    <form
      className="row-a add-person"
      onSubmit={async (e) => {
        e.preventDefault();
        if (!who || busy) return;
        setBusy(true);
        await add(who, value);
        setBusy(false);
        setWho('');
      }}
    >
      <select
        className="input sm"
        aria-label={t('team.members.who')}
        value={who}
        onChange={(e) => setWho(e.target.value)}
      >
        <option value="">{t('team.members.choose')}</option>
        {people.map((p) => (
          <option key={p.id} value={p.id}>
            {p.name}
          </option>
        ))}
      </select>
      <select
        className="input sm"
        aria-label={property}
        value={value}
        onChange={(e) => setValue(e.target.value)}
      >
        {children}
      </select>
      <button type="submit" className="btn line sm" disabled={!who || busy} data-busy={busy || undefined}>
        {t('team.members.add')}
      </button>
    </form>
  );
}
