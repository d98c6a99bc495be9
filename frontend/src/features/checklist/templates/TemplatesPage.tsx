import { Link, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { refresh, useData } from '../../../lib/data';
import { PageTitle, Top } from '../../../lib/page';
import { hasRight, useMe } from '../../../lib/session';
import { useFollow } from '../../../live/follow';
import { Loaded } from '../../../ui/Loaded';
import { t } from './messages';
import { NewTemplateDialog } from './NewTemplateDialog';
import type { TemplateHead } from './types';
import { topicOf } from './use-template';
import './templates.css';

/** More than this one socket does not carry. */
const FOLLOWED = 20;

/** What checklists begin with: everybody's templates, and those of teams. */
export function TemplatesPage({ state }: { state?: ReactNode }) {
  const me = useMe();
  const navigate = useNavigate();
  const query = useData<{ items: TemplateHead[] }>('/checklist-templates');
  const items = query.data?.items ?? [];
  const [making, setMaking] = useState(false);
  useFollow(
    [...new Set(['org', ...items.map(topicOf)])].slice(0, FOLLOWED),
    () => void refresh('/checklist-templates'),
  );
  const may = me.person.role === 'admin' || me.teams.some((x) => hasRight(me, x.id, 'lead'));
  const owners = [...new Set(items.map((x) => x.team?.id ?? ''))];
  return (
    <div className="page">
      <PageTitle title={t('ct.title')} crumb={<Link to="/checklists">{t('ct.checklists')}</Link>} />
      <Top place="state">{state}</Top>
      <Top place="action">
        {may && (
          <button type="button" className="btn" aria-haspopup="dialog" onClick={() => setMaking(true)}>
            <Plus size={16} aria-hidden />
            <span className="btn-word">{t('ct.new')}</span>
          </button>
        )}
      </Top>
      <div className="page-in narrow ctl">
        <p className="lead">{t('ct.lead')}</p>
        <Loaded query={query} failed={t('ct.listError')}>
          {() =>
            owners.map((id) => {
              const list = items.filter((x) => (x.team?.id ?? '') === id);
              return (
                <section key={id}>
                  <h2 className="h2 ctl-h">{list[0]?.team?.name ?? t('ct.org')}</h2>
                  <ul className="panel rows">
                    {list
                      .toSorted((a, b) => Number(!!a.retiredAt) - Number(!!b.retiredAt))
                      .map((x) => (
                        <Row key={x.id} x={x} />
                      ))}
                  </ul>
                </section>
              );
            })
          }
        </Loaded>
      </div>
      {making && (
        <NewTemplateDialog
          onClose={() => setMaking(false)}
          onMade={(id) =>
            void navigate({ to: '/checklists/templates/$template', params: { template: id } as never })
          }
        />
      )}
    </div>
  );
}

function Row({ x }: { x: TemplateHead }) {
  return (
    <li className="row-a" data-gone={x.retiredAt ? '' : undefined}>
      <span className="row-main">
        <Link to="/checklists/templates/$template" params={{ template: x.id } as never} className="row-link">
          {x.name}
        </Link>
        <small>{x.newest ? t('ct.version', { n: x.newest }) : t('ct.unpublished')}</small>
      </span>
      {x.retiredAt && <span className="pill">{t('ct.retired')}</span>}
      {x.hasDraft && x.newest > 0 && (
        <span className="pill" data-t="acc">
          {t('ct.hasDraft')}
        </span>
      )}
      {x.open > 0 && (
        <span className="pill" data-t="warn">
          {t('ct.open', { n: x.open })}
        </span>
      )}
    </li>
  );
}
