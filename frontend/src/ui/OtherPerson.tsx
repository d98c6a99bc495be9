import type { Discipline } from '../api/types';
import { useData } from '../lib/data';
import { disciplineName } from './messages';

interface Listed {
  id: string;
  name: string;
  discipline: Discipline;
  active: boolean;
}

/** Operations and security come to teams of which they are no part: they stand first. */
const FIRST: readonly Discipline[] = ['security', 'operations'];

/** Somebody of the workspace who is in no list yet, by name: a team may have nobody of a discipline that comes. */
export function OtherPerson({
  label,
  known,
  onPick,
}: {
  label: string;
  /** Who stands in a list already. */
  known: ReadonlySet<string>;
  onPick: (person: Listed) => void;
}) {
  const people = (useData<{ items: Listed[] }>('/people').data?.items ?? []).filter(
    (p) => p.active && !known.has(p.id),
  );
  if (people.length === 0) return null;
  const disciplines = [...new Set(people.map((p) => p.discipline))].sort(
    (a, b) => FIRST.indexOf(b) - FIRST.indexOf(a) || a.localeCompare(b),
  );
  return (
    <select
      className="input"
      aria-label={label}
      value=""
      onChange={(e) => {
        const person = people.find((p) => p.id === e.target.value);
        if (person) onPick(person);
      }}
    >
      <option value="">{label}</option>
      {disciplines.map((d) => (
        <optgroup key={d} label={disciplineName(d)}>
          {people
            .filter((p) => p.discipline === d)
            .map((p) => (
              <option key={p.id} value={p.id}>
                {p.name}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}
