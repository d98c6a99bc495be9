import { Minus, Plus } from 'lucide-react';
import type { Discipline } from '../../api/types';
import { DiscIcon } from '../../ui/DiscIcon';
import { OtherPerson } from '../../ui/OtherPerson';
import { t } from './messages';
import type { Sitting } from './types';
import type { Ritual } from './use-ritual';

/** In this order those who come by name are listed, here as in a standup. */
const ROLES = ['on_call', 'liaison', 'security', 'observer'];
const DUTIES = ['primary', 'secondary', 'incident_manager', ''];

/** Who is here: the team by heads, the others by name. Who is missed can be tapped. */
export function People({ sitting, ritual, canWork }: { sitting: Sitting; ritual: Ritual; canWork: boolean }) {
  const { core, people } = sitting.attendance;
  const named = people
    .filter((p) => p.role !== 'core')
    .sort(
      (a, b) =>
        ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
        DUTIES.indexOf(a.duty ?? '') - DUTIES.indexOf(b.duty ?? '') ||
        a.name.localeCompare(b.name),
    );
  return (
    <section className="panel ri-pad">
      <div className="ri-ph">
        <h2 className="h2">{t('ri.here')}</h2>
        <span className="ri-heads">
          {canWork && (
            <button
              type="button"
              className="btn ghost sm icon"
              aria-label={t('ri.fewer')}
              disabled={core === 0}
              onClick={() => void ritual.ask('attendance', { coreBy: -1 })}
            >
              <Minus size={14} aria-hidden />
            </button>
          )}
          <b className="num">{t('ri.headsN', { n: core })}</b>
          {canWork && (
            <button
              type="button"
              className="btn ghost sm icon"
              aria-label={t('ri.more')}
              onClick={() => void ritual.ask('attendance', { coreBy: 1 })}
            >
              <Plus size={14} aria-hidden />
            </button>
          )}
        </span>
      </div>
      {named.length > 0 && (
        <ul className="ri-who">
          {named.map((p) => {
            const away = p.state === 'away';
            return (
              <li key={p.personId} data-away={away || undefined}>
                <DiscIcon d={p.discipline as Discipline} size={15} />
                <span>
                  {p.name}{' '}
                  <small>
                    {[t(`ri.role.${p.role}`), p.duty && t(`ri.duty.${p.duty}`)].filter(Boolean).join(', ')}
                  </small>
                </span>
                {canWork && p.state !== 'joined' ? (
                  <button
                    type="button"
                    className="btn ghost sm"
                    aria-pressed={!away}
                    aria-label={t(away ? 'ri.markHere' : 'ri.markAway', { name: p.name })}
                    onClick={() =>
                      void ritual.ask('attendance', { personId: p.personId, state: away ? 'here' : 'away' })
                    }
                  >
                    {t(away ? 'ri.missed' : 'ri.isHere')}
                  </button>
                ) : (
                  <small>{away ? t('ri.missed') : t('ri.isHere')}</small>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {canWork && (
        <OtherPerson
          label={t('ri.other')}
          known={new Set(people.map((p) => p.personId))}
          onPick={(p) => void ritual.ask('attendance', { personId: p.id, state: 'here' })}
        />
      )}
    </section>
  );
}
