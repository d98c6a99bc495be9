import { Link } from '@tanstack/react-router';
import { CloudOff, FileQuestion } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ApiError } from '../../../lib/api';
import { PageTitle, Top } from '../../../lib/page';
import { useMe } from '../../../lib/session';
import { EmptyState } from '../../../ui/EmptyState';
import { Loaded } from '../../../ui/Loaded';
import { ProposeDialog } from '../../card/checklists/ProposeDialog';
import { ChangesView } from './Changes';
import { countOf, type DraftState } from './keeper';
import { More } from './More';
import { t } from './messages';
import { Proposed } from './Proposed';
import { PublishDialog } from './PublishDialog';
import { Questions } from './Questions';
import type { Template } from './types';
import { useTemplate } from './use-template';
import { VersionQuestions, Versions } from './Versions';
import './templates.css';

const VIEWS = ['questions', 'changes', 'proposed', 'versions'] as const;
export type View = (typeof VIEWS)[number];
export interface Where {
  view?: View;
  topic?: string;
  version?: number;
}

export function TemplatePage({
  id,
  where,
  onWhere,
  state,
}: {
  id: string;
  where: Where;
  onWhere: (next: Where) => void;
  state?: ReactNode;
}) {
  const one = useTemplate(id);
  const { query, view } = one;
  if (query.error instanceof ApiError && query.error.status === 404) return <Missing />;
  return (
    <div className="page ct-page">
      <PageTitle
        title={view?.name ?? t('ct.title')}
        crumb={<Link to="/checklists/templates">{t('ct.title')}</Link>}
      />
      <Top place="state">{state}</Top>
      {view ? (
        <Opened key={view.id} one={one} view={view} where={where} onWhere={onWhere} />
      ) : (
        <div className="page-in narrow">
          <Loaded query={query} failed={t('ct.error')}>
            {() => null}
          </Loaded>
        </div>
      )}
    </div>
  );
}

function Opened({
  one,
  view,
  where,
  onWhere,
}: {
  one: ReturnType<typeof useTemplate>;
  view: Template;
  where: Where;
  onWhere: (next: Where) => void;
}) {
  const me = useMe();
  const { keeper, draft, items } = one;
  const [open, setOpen] = useState<'publish' | 'propose'>();
  const changes = countOf(view.newest ? view.items : [], items);
  const may = view.mayEdit;
  const works =
    me.person.role === 'admin' || me.teams.some((x) => x.right === 'worker' || x.right === 'lead');
  const shown: View = where.view === 'changes' && !may ? 'questions' : (where.view ?? 'questions');
  const number = { questions: undefined, changes, proposed: view.open, versions: view.newest };
  return (
    <>
      <Top place="action">
        {works && (
          <button type="button" className={may ? 'btn line' : 'btn'} onClick={() => setOpen('propose')}>
            {t('ct.propose')}
          </button>
        )}
        {may && changes > 0 && (
          <button type="button" className="btn" onClick={() => setOpen('publish')}>
            {t('ct.publish')}
          </button>
        )}
        <More view={view} items={items} changes={changes} keeper={keeper} />
      </Top>
      <div className="page-in">
        {view.retiredAt && <p className="ck-note">{t('ct.isRetired')}</p>}
        {draft.at === 'refused' && (
          <p className="ck-note" role="alert">
            <CloudOff size={15} aria-hidden />
            <span>{t('ct.refused', { why: draft.why ?? '' })}</span>
            <button type="button" className="btn line sm" onClick={() => void keeper?.flush()}>
              {t('ct.retry')}
            </button>
          </p>
        )}
        <div className="ct-head">
          <fieldset className="seg">
            <legend className="sr">{t('ct.view')}</legend>
            {VIEWS.filter((v) => may || v !== 'changes').map((v) => (
              <button
                key={v}
                type="button"
                aria-pressed={shown === v && !where.version}
                onClick={() => onWhere({ view: v })}
              >
                {t(`ct.view.${v}`)}
                {number[v] ? <span className="ct-n">{number[v]}</span> : null}
              </button>
            ))}
          </fieldset>
          {may && <Saved draft={draft} changes={changes} first={view.newest === 0} />}
        </div>
        {where.version ? (
          <VersionQuestions view={view} number={where.version} where={where} onWhere={onWhere} />
        ) : shown === 'changes' ? (
          <ChangesView view={view} items={items} />
        ) : shown === 'proposed' ? (
          <Proposed view={view} items={items} onPropose={works ? () => setOpen('propose') : undefined} />
        ) : shown === 'versions' ? (
          <Versions view={view} onShow={(version) => onWhere({ view: 'versions', version })} />
        ) : (
          <Questions
            view={view}
            items={items}
            clashes={draft.clashes}
            keeper={may ? keeper : undefined}
            topic={where.topic}
            onTopic={(topic) => onWhere({ ...where, topic })}
          />
        )}
      </div>
      {open === 'publish' && keeper && (
        <PublishDialog view={view} items={items} keeper={keeper} onClose={() => setOpen(undefined)} />
      )}
      {open === 'propose' && (
        <ProposeDialog about={{ templateId: view.id }} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}

/** Whether what was written has arrived. */
function Saved({ draft, changes, first }: { draft: DraftState; changes: number; first: boolean }) {
  const at = draft.at !== 'saved' ? draft.at : first ? 'first' : changes === 0 ? 'none' : 'saved';
  return (
    <p className="ct-saved" role="status" data-at={at}>
      {t(`ct.at.${at}`, { why: draft.why ?? '' })}
    </p>
  );
}

function Missing() {
  return (
    <div className="page">
      <PageTitle title={t('ct.title')} />
      <EmptyState
        icon={<FileQuestion size={28} />}
        title={t('ct.missing')}
        action={
          <Link to="/checklists/templates" className="btn">
            {t('ct.all')}
          </Link>
        }
      >
        {t('ct.missingText')}
      </EmptyState>
    </div>
  );
}
