import { X } from 'lucide-react';
import type { Person } from '../../api/types';
import { useData } from '../../lib/data';
import { t } from './messages';
import { KINDS, type SearchFor, STATES } from './types';

/** What is looked for: kind, state, team, and whose cards. */
export function Filters({ search, onSearch }: { search: SearchFor; onSearch: (next: SearchFor) => void }) {
  const { data } = useData<{ items: { id: string; name: string }[] }>('/teams');
  const teams = data?.items ?? [];
  const cards = search.kind === undefined || search.kind === 'card';
  return (
    <div className="search-filters">
      <fieldset aria-label={t('search.what')}>
        <button
          type="button"
          className="chip plain"
          aria-pressed={!search.kind}
          onClick={() => onSearch({ ...search, kind: undefined })}
        >
          {t('search.all')}
        </button>
        {KINDS.map((k) => (
          <button
            key={k}
            type="button"
            className="chip plain"
            aria-pressed={search.kind === k}
            onClick={() =>
              onSearch(
                k === 'card'
                  ? { ...search, kind: k }
                  : { ...search, kind: k, state: undefined, owner: undefined },
              )
            }
          >
            {t(`search.kind.${k}`)}
          </button>
        ))}
      </fieldset>
      {cards && (
        <fieldset aria-label={t('search.state')}>
          {STATES.map((s) => (
            <button
              key={s}
              type="button"
              className="chip plain"
              aria-pressed={search.state === s}
              onClick={() => onSearch({ ...search, state: search.state === s ? undefined : s })}
            >
              {t(`search.state.${s}`)}
            </button>
          ))}
        </fieldset>
      )}
      {(teams.length > 1 || search.team) && (
        <select
          className="input sm row-select"
          aria-label={t('search.team')}
          value={search.team ?? ''}
          onChange={(e) => onSearch({ ...search, team: e.target.value || undefined })}
        >
          <option value="">{t('search.anyTeam')}</option>
          {teams.map((team) => (
            <option key={team.id} value={team.id}>
              {team.name}
            </option>
          ))}
        </select>
      )}
      {search.owner && <Owner id={search.owner} onDrop={() => onSearch({ ...search, owner: undefined })} />}
    </div>
  );
}

function Owner({ id, onDrop }: { id: string; onDrop: () => void }) {
  const { data } = useData<{ items: Person[] }>('/people');
  const name = data?.items.find((p) => p.id === id)?.name;
  if (!data) return null;
  return (
    <button
      type="button"
      className="chip plain"
      aria-pressed="true"
      title={t('search.anyone')}
      onClick={onDrop}
    >
      {t('search.ofPerson', { name: name ?? '?' })}
      <X size={13} aria-hidden />
    </button>
  );
}
