import { Link, useNavigate } from '@tanstack/react-router';
import { Boxes, ClipboardCheck, ExternalLink, PencilLine } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ApiError, api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { toastError } from '../../lib/notify';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { useFollow } from '../../live/follow';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { EmptyState } from '../../ui/EmptyState';
import { Loaded } from '../../ui/Loaded';
import { RunBy } from '../../ui/RunBy';
import { StartDialog } from '../card/checklists/StartDialog';

import { t } from './messages';
import { ServiceForm } from './ServiceForm';
import { ServiceHistory } from './ServiceHistory';
import type { Service } from './types';
import './catalogue.css';

/** One service: whose it is, how critical, where to look, and what was answered once for all of its features. */
export function ServicePage({ id, state }: { id: string; state?: ReactNode }) {
  const path = `/services/${id}`;
  const query = useData<Service>(path);
  const service = query.data;
  useFollow(service ? [`team:${service.teamId}`] : [], () => void refresh(path, '/checklists'));
  return (
    <div className="page">
      <PageTitle title={service?.name ?? t('sv.one')} crumb={<Link to="/services">{t('sv.title')}</Link>} />
      <Top place="state">{state}</Top>
      <div className="page-in narrow sv">
        {isNotFound(query.error) ? (
          <EmptyState
            icon={<Boxes size={28} />}
            title={t('sv.missing')}
            action={
              <Link to="/services" className="btn line">
                {t('sv.all')}
              </Link>
            }
          >
            {t('sv.missingText')}
          </EmptyState>
        ) : (
          <Loaded query={query} failed={t('sv.oneFailed')}>
            {(s) => <Open s={s} />}
          </Loaded>
        )}
      </div>
    </div>
  );
}

const isNotFound = (error: Error | null) => error instanceof ApiError && error.status === 404;

function Open({ s }: { s: Service }) {
  const [editing, setEditing] = useState<'all' | 'why'>();
  const change = (archived: boolean) =>
    api.patch(`/services/${s.id}`, { archived, version: s.version }).then(() => refresh('/services'));
  return (
    <>
      <section className="panel sv-one">
        {s.archivedAt && <p className="pill">{t('sv.archived')}</p>}
        {s.description && <p>{s.description}</p>}
        <dl>
          <dt>{t('sv.team')}</dt>
          <dd>
            <Link to="/teams/$team" params={{ team: s.teamId } as never} className="link">
              {s.teamName}
            </Link>
          </dd>
          <dt>{t('sv.kind')}</dt>
          <dd>
            {t(`sv.kind.${s.kind}`)} <span className="quiet">({t(`sv.kind.${s.kind}.says`)})</span>
          </dd>
          <dt>{t('sv.criticality')}</dt>
          <dd>{t(`sv.criticality.${s.criticality}`)}</dd>
          <dt>{t('sv.model')}</dt>
          <dd>
            <RunBy service={s}>
              {s.mayLead && !s.archivedAt && (
                <button type="button" className="link-btn" onClick={() => setEditing('why')}>
                  {t('sv.whySay')}
                </button>
              )}
            </RunBy>
          </dd>
          {s.links.length > 0 && (
            <>
              <dt>{t('sv.links')}</dt>
              <dd>
                <ul>
                  {s.links.map((l) => (
                    <li key={l.url}>
                      <a href={l.url} className="link" target="_blank" rel="noopener noreferrer">
                        {l.label || l.url} <ExternalLink size={13} aria-hidden />
                      </a>
                    </li>
                  ))}
                </ul>
              </dd>
            </>
          )}
        </dl>
        <p className="sv-acts">
          {(s.mayLead || (s.mayDescribe && !s.archivedAt)) && (
            <button type="button" className="btn line sm" onClick={() => setEditing('all')}>
              <PencilLine size={14} aria-hidden />
              {t('sv.edit')}
            </button>
          )}
          {s.mayLead &&
            (s.archivedAt ? (
              <button
                type="button"
                className="btn line sm"
                onClick={() => void change(false).catch(toastError)}
              >
                {t('sv.back')}
              </button>
            ) : (
              <ConfirmButton
                className="btn ghost sm"
                title={t('sv.archiveAsk', { name: s.name })}
                text={t('sv.archiveText')}
                verb={t('sv.archive')}
                run={() => change(true)}
              >
                {t('sv.archive')}
              </ConfirmButton>
            ))}
        </p>
        <ServiceHistory id={s.id} />
      </section>
      <Standing s={s} />
      {editing && (
        <ServiceForm
          service={s}
          first={editing === 'why' ? 'why' : undefined}
          onDone={() => setEditing(undefined)}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  );
}

interface Head {
  id: string;
  name: string;
  kind: string;
  team: { name: string };
  blocking: number;
  frozenAt?: string;
}

function Standing({ s }: { s: Service }) {
  const me = useMe();
  const navigate = useNavigate();
  const { data } = useData<{ items: Head[] }>(`/checklists?serviceId=${s.id}`);
  const [starting, setStarting] = useState(false);
  const own = data?.items.find((c) => c.kind === 'service');
  const heirs = data?.items.filter((c) => c.kind !== 'service' && !c.frozenAt) ?? [];
  const team = me.teams.find((x) => x.id === s.teamId);
  const may = hasRight(me, s.teamId, 'worker') || team?.liaison;
  const go = (id: string) =>
    void navigate({ to: '/checklists/$checklist', params: { checklist: id } as never });
  const standing = (
    <section className="panel sv-one">
      <h2 className="h2">
        <ClipboardCheck size={16} aria-hidden /> {t('sv.checklist')}
      </h2>
      <p className="quiet">{t('sv.checklistText')}</p>
      {own ? (
        <p className="sv-acts">
          <Link to="/checklists/$checklist" params={{ checklist: own.id } as never} className="btn line">
            {t('sv.openIt')}
          </Link>
          <b data-bad={own.blocking > 0 || undefined}>
            {own.blocking > 0 ? t('sv.blocking', { n: own.blocking }) : t('sv.clear')}
          </b>
        </p>
      ) : (
        data &&
        may &&
        !s.archivedAt && (
          <button type="button" className="btn" onClick={() => setStarting(true)}>
            {t('sv.start')}
          </button>
        )
      )}
      {starting && (
        <StartDialog
          about={{ teamId: s.teamId, service: { id: s.id, name: s.name } }}
          onClose={() => setStarting(false)}
          onStarted={go}
        />
      )}
    </section>
  );
  return (
    <>
      {standing}
      {heirs.length > 0 && (
        <section aria-label={t('sv.heirs')}>
          <h2 className="h2 sv-h">{t('sv.heirs')}</h2>
          <ul className="panel rows">
            {heirs.map((c) => (
              <li key={c.id} className="row-a">
                <span className="row-main">
                  <Link
                    to="/checklists/$checklist"
                    params={{ checklist: c.id } as never}
                    className="row-link"
                  >
                    {c.name}
                  </Link>
                  <small>{c.team.name}</small>
                </span>
                <span className="sv-n" data-bad={c.blocking > 0 || undefined}>
                  {c.blocking > 0 ? t('sv.blocking', { n: c.blocking }) : t('sv.clear')}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
