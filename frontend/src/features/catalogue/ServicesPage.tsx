import { Link, useNavigate } from '@tanstack/react-router';
import { Boxes, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { EmptyState } from '../../ui/EmptyState';
import { Loaded } from '../../ui/Loaded';
import { t } from './messages';
import { ServiceForm } from './ServiceForm';
import type { Service } from './types';
import './catalogue.css';

/** What the teams run, by team; one's own first. */
export function ServicesPage({ state }: { state?: ReactNode }) {
  const [archived, setArchived] = useState(false);
  const [making, setMaking] = useState(false);
  const query = useData<{ items: Service[] }>(archived ? '/services?archived=true' : '/services');
  const me = useMe();
  const navigate = useNavigate();
  const may = me.person.role === 'admin' || me.teams.some((x) => hasRight(me, x.id, 'lead'));
  const own = new Set(me.teams.filter((x) => x.right !== 'none').map((x) => x.id));
  const items = query.data?.items ?? [];
  const teams = [...new Map(items.map((s) => [s.teamId, s.teamName])).entries()].sort(
    ([a, x], [b, y]) => Number(own.has(b)) - Number(own.has(a)) || x.localeCompare(y),
  );
  return (
    <div className="page">
      <PageTitle title={t('sv.title')} crumb={<Link to="/checklists">{t('sv.checklists')}</Link>} />
      <Top place="state">{state}</Top>
      <Top place="action">
        {may && (
          <button type="button" className="btn" onClick={() => setMaking(true)}>
            <Plus size={16} aria-hidden />
            <span className="btn-word">{t('sv.new')}</span>
          </button>
        )}
      </Top>
      <div className="page-in narrow sv">
        <div className="sv-head">
          <p className="quiet">{t('sv.lead')}</p>
          <button
            type="button"
            className="btn ghost sm"
            aria-pressed={archived}
            onClick={() => setArchived(!archived)}
          >
            {t('sv.showArchived')}
          </button>
        </div>
        <Loaded query={query} failed={t('sv.failed')}>
          {() =>
            items.length === 0 && (
              <EmptyState icon={<Boxes size={28} />} title={t('sv.none')}>
                {!archived && t('sv.noneText')}
              </EmptyState>
            )
          }
        </Loaded>
        {teams.map(([id, name]) => (
          <section key={id}>
            <h2 className="h2 sv-h">{name}</h2>
            <ul className="panel rows">
              {items
                .filter((s) => s.teamId === id)
                .map((s) => (
                  <li key={s.id} className="row-a">
                    <span className="row-main">
                      <Link to="/services/$service" params={{ service: s.id } as never} className="row-link">
                        {s.name}
                      </Link>
                      <small>
                        {[t(`sv.kind.${s.kind}`), t(`sv.model.${s.operatingModel}`), s.description]
                          .filter(Boolean)
                          .join(' · ')}
                      </small>
                    </span>
                    <span className="pill" data-t={s.criticality === 'critical' ? 'warn' : undefined}>
                      {t(`sv.criticality.${s.criticality}`)}
                    </span>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
      {making && (
        <ServiceForm
          onClose={() => setMaking(false)}
          onDone={(s) => void navigate({ to: '/services/$service', params: { service: s.id } as never })}
        />
      )}
    </div>
  );
}
