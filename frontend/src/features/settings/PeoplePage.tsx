import { Plus, Search } from 'lucide-react';
import { useId, useState } from 'react';
import { DISCIPLINES, type Person, type Role } from '../../api/types';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { toast, toastError } from '../../lib/notify';
import { useMe } from '../../lib/session';
import { Avatar } from '../../ui/Avatar';
import { Loaded } from '../../ui/Loaded';
import { disciplineName } from '../../ui/messages';
import { t } from './messages';
import { AddPersonDialog, PasswordDialog } from './PeopleDialogs';
import { Part } from './SettingsFrame';

export interface PersonRow extends Person {
  email?: string;
  role: Role;
  disabledAt?: string | null;
}
export const ROLES: readonly Role[] = ['admin', 'manager', 'member', 'guest'];

async function patch(id: string, fields: object): Promise<boolean> {
  try {
    await api.patch(`/people/${id}`, fields);
    await refresh('/people');
    return true;
  } catch (e) {
    toastError(e);
    return false;
  }
}

/** For administrators; the list of settings offers it to nobody else. */
export function PeoplePage() {
  const may = useMe().person.role === 'admin';
  if (may) return <People />;
  return (
    <Part title={t('settings.people')}>
      <p className="panel row-a quiet">{t('people.adminOnly')}</p>
    </Part>
  );
}

function People() {
  const query = useData<{ items: PersonRow[] }>('/people');
  const [q, setQ] = useState('');
  const [adding, setAdding] = useState(false);
  const [password, setPassword] = useState<PersonRow>();
  const id = useId();
  const words = q.trim().toLowerCase();
  return (
    <Part title={t('settings.people')} text={t('people.text')}>
      <div className="people-bar">
        <div className="searchbox wide">
          <Search size={15} aria-hidden />
          <label className="sr" htmlFor={id}>
            {t('people.find')}
          </label>
          <input
            id={id}
            type="search"
            value={q}
            placeholder={t('people.find')}
            onChange={(e) => setQ(e.target.value)}
          />
        </div>
        <button type="button" className="btn" onClick={() => setAdding(true)}>
          <Plus size={16} aria-hidden />
          {t('people.add')}
        </button>
      </div>
      <Loaded query={query}>
        {({ items }) => {
          const shown = items
            .filter((p) =>
              `${p.name} ${p.email ?? ''} ${p.role} ${p.discipline}`.toLowerCase().includes(words),
            )
            .sort((a, b) => Number(!!a.disabledAt) - Number(!!b.disabledAt) || a.name.localeCompare(b.name));
          return (
            <div className="panel">
              {shown.length === 0 && <p className="row-a quiet">{t('people.none', { q })}</p>}
              <ul className="rows">
                {shown.map((p) => (
                  <PersonLine key={p.id} person={p} onPassword={() => setPassword(p)} />
                ))}
              </ul>
            </div>
          );
        }}
      </Loaded>
      {adding && <AddPersonDialog onClose={() => setAdding(false)} />}
      {password && <PasswordDialog person={password} onClose={() => setPassword(undefined)} />}
    </Part>
  );
}

function PersonLine({ person: p, onPassword }: { person: PersonRow; onPassword: () => void }) {
  const me = useMe();
  const self = p.id === me.person.id;
  const off = !!p.disabledAt || !p.active;
  const disable = async () => {
    if (await patch(p.id, { disabled: true }))
      toast({
        text: t('people.disabledNow', { name: p.name }),
        action: { label: t('people.undo'), run: () => void patch(p.id, { disabled: false }) },
      });
  };
  return (
    <li className="row-a person" data-off={off || undefined}>
      <Avatar person={p} size={28} decorative />
      <span className="row-main">
        <span>
          {p.name} {self && <span className="quiet">({t('people.you')})</span>}
        </span>
        <small>{p.email}</small>
      </span>
      <span className="row-tail">
        {off ? (
          <span className="pill">{t('people.disabled')}</span>
        ) : (
          <>
            <select
              className="input sm row-select"
              aria-label={t('people.disciplineOf', { name: p.name })}
              value={p.discipline}
              onChange={(e) => void patch(p.id, { discipline: e.target.value })}
            >
              {DISCIPLINES.map((d) => (
                <option key={d} value={d}>
                  {disciplineName(d)}
                </option>
              ))}
            </select>
            <select
              className="input sm row-select"
              aria-label={t('people.roleOf', { name: p.name })}
              value={p.role}
              disabled={self}
              onChange={(e) => void patch(p.id, { role: e.target.value })}
            >
              {ROLES.map((r) => (
                <option key={r} value={r}>
                  {t(`role.${r}`)}
                </option>
              ))}
            </select>
            {!self && (
              <button type="button" className="btn ghost sm" onClick={onPassword}>
                {t('people.setPassword')}
              </button>
            )}
          </>
        )}
        {!self && (
          <button
            type="button"
            className={`btn sm ${off ? 'line' : 'danger'}`}
            aria-label={t(off ? 'people.enableLong' : 'people.disableLong', { name: p.name })}
            onClick={() => void (off ? patch(p.id, { disabled: false }) : disable())}
          >
            {t(off ? 'people.enable' : 'people.disable')}
          </button>
        )}
      </span>
    </li>
  );
}
