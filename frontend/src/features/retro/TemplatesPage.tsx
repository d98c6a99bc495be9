import { Link } from '@tanstack/react-router';
import { Archive, ArchiveRestore, LayoutTemplate, Pencil, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { toastError } from '../../lib/notify';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { useFollow } from '../../live/follow';
import { EmptyState } from '../../ui/EmptyState';
import { Loaded } from '../../ui/Loaded';
import { TemplateDialog } from './TemplateDialog';
import { t } from './template-messages';
import type { OwnTemplates, Template } from './types';
import './list.css';
import './templates.css';

interface TeamLine {
  id: string;
  name: string;
}

/** The templates that teams make themselves. */
export function TemplatesPage({ state }: { state?: ReactNode }) {
  const me = useMe();
  const asked = useData<{ items: TeamLine[] }>('/teams');
  const teams = (asked.data?.items ?? []).filter((x) => hasRight(me, x.id, 'viewer'));
  const led = teams.filter((x) => hasRight(me, x.id, 'lead'));
  const [making, setMaking] = useState(false);
  useFollow(
    teams.slice(0, 20).map((x) => `team:${x.id}`),
    () => void refresh('/teams/'),
  );
  return (
    <div className="page">
      <PageTitle title={t('rm.title')} crumb={<Link to="/retro">{t('rt.title')}</Link>} />
      <Top place="state">{state}</Top>
      <Top place="action">
        {led.length > 0 && (
          <button type="button" className="btn" aria-haspopup="dialog" onClick={() => setMaking(true)}>
            <Plus size={16} aria-hidden />
            <span className="btn-word">{t('rm.new')}</span>
          </button>
        )}
      </Top>
      <div className="page-in narrow rl">
        <Loaded query={asked} failed={t('rm.error')}>
          {() => teams.map((x) => <OfTeam key={x.id} team={x} one={teams.length === 1} />)}
        </Loaded>
      </div>
      {making && <TemplateDialog teams={led} onClose={() => setMaking(false)} />}
    </div>
  );
}

function OfTeam({ team, one }: { team: TeamLine; one: boolean }) {
  const path = `/teams/${team.id}/retro-templates`;
  const asked = useData<OwnTemplates>(path);
  const { data } = asked;
  const [open, setOpen] = useState<Template>();
  const archive = async (x: Template) => {
    try {
      await api.patch(`/retro-templates/${x.key}`, { archived: !x.archivedAt });
    } catch (e) {
      toastError(e);
    }
    await refresh(path, '/retro-templates');
  };
  return (
    <section>
      {!one && <h2 className="h2 rl-h">{team.name}</h2>}
      <Loaded query={asked} failed={t('rm.error')}>
        {(own) =>
          own.items.length === 0 &&
          (one ? (
            <EmptyState icon={<LayoutTemplate size={28} />} title={t('rm.none')}>
              {t(own.canEdit ? 'rm.noneText' : 'rm.noneSee')}
            </EmptyState>
          ) : (
            <p className="small quiet">
              {t('rm.none')}. {t(own.canEdit ? 'rm.noneText' : 'rm.noneSee')}
            </p>
          ))
        }
      </Loaded>
      {data && data.items.length > 0 && (
        <ul className="panel rows">
          {data.items.map((x) => (
            <li key={x.key} className="row-a" data-gone={x.archivedAt ? '' : undefined}>
              <span className="row-main">
                <b>{x.name}</b>
                {x.whenToUse && <small>{x.whenToUse}</small>}
                <span className="rl-tags">
                  {x.columns.map((c) => (
                    <span key={c.key} className="tag">
                      <i className="rt-dot" data-c={c.color} aria-hidden="true" />
                      {c.title}
                    </span>
                  ))}
                </span>
              </span>
              {x.archivedAt && <span className="pill">{t('rm.archived')}</span>}
              {data.canEdit && (
                <span className="rm-acts">
                  {!x.archivedAt && (
                    <button
                      type="button"
                      className="btn ghost sm icon"
                      aria-haspopup="dialog"
                      aria-label={t('rm.edit', { name: x.name })}
                      title={t('rm.edit', { name: x.name })}
                      onClick={() => setOpen(x)}
                    >
                      <Pencil size={15} aria-hidden />
                    </button>
                  )}
                  <button
                    type="button"
                    className="btn ghost sm"
                    aria-label={t(x.archivedAt ? 'rm.restoreWhat' : 'rm.archiveWhat', { name: x.name })}
                    onClick={() => void archive(x)}
                  >
                    {x.archivedAt ? (
                      <ArchiveRestore size={15} aria-hidden />
                    ) : (
                      <Archive size={15} aria-hidden />
                    )}
                    <span className="btn-word">{t(x.archivedAt ? 'rm.restore' : 'rm.archive')}</span>
                  </button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {open && <TemplateDialog teams={[team]} of={open} onClose={() => setOpen(undefined)} />}
    </section>
  );
}
