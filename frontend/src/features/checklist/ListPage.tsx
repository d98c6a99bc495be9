import { Link, useNavigate } from '@tanstack/react-router';
import { ClipboardCheck, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { refresh, useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { useMe, worksSomewhere } from '../../lib/session';
import { browserZone } from '../../lib/time';
import { useNow } from '../../lib/use-now';
import { useFollow } from '../../live/follow';
import { EmptyState } from '../../ui/EmptyState';
import { Loaded } from '../../ui/Loaded';
import { TopicSquares } from '../../ui/TopicSquares';
import { StartDialog } from '../card/checklists/StartDialog';
import { t } from './messages';
import type { Head } from './types';
import { countWords, launchWords } from './words';
import './list.css';

/** More than this one socket does not carry. */
const FOLLOWED = 20;

/** What is being filled in, by team: the nearest launch first. */
export function ListPage({ state }: { state?: ReactNode }) {
  const [put, setPut] = useState<'open' | 'closed' | 'archived'>('open');
  const path =
    put === 'archived'
      ? '/checklists?archived=true'
      : put === 'open'
        ? '/checklists?open=true'
        : '/checklists';
  const query = useData<{ items: Head[] }>(path);
  const me = useMe();
  const navigate = useNavigate();
  const [starting, setStarting] = useState(false);
  const items = (query.data?.items ?? []).filter((c) => put !== 'closed' || c.frozenAt);
  useFollow(
    items.slice(0, FOLLOWED).map((c) => `checklist:${c.id}`),
    () => void refresh('/checklists'),
  );
  const own = new Set(me.teams.map((x) => x.id));
  const waits = new Set(items.filter((c) => c.forYou).map((c) => c.team.id));
  const teams = [...new Map(items.map((c) => [c.team.id, c.team])).values()].sort(
    (a, b) =>
      Number(waits.has(b.id)) - Number(waits.has(a.id)) ||
      Number(own.has(b.id)) - Number(own.has(a.id)) ||
      a.name.localeCompare(b.name),
  );
  const may = worksSomewhere(me);
  return (
    <div className="page">
      <PageTitle title={t('ck.title')} />
      <Top place="state">{state}</Top>
      <Top place="action">
        {may && (
          <button type="button" className="btn" onClick={() => setStarting(true)}>
            <Plus size={16} aria-hidden />
            <span className="btn-word">{t('ck.startLaunch')}</span>
          </button>
        )}
      </Top>
      <div className="page-in narrow ckl">
        <div className="ckl-head">
          <fieldset className="seg">
            <legend className="sr">{t('ck.which')}</legend>
            {(['open', 'closed', 'archived'] as const).map((x) => (
              <button key={x} type="button" aria-pressed={put === x} onClick={() => setPut(x)}>
                {t(`ck.which.${x}`)}
              </button>
            ))}
          </fieldset>
          <nav aria-label={t('ck.beside')}>
            <Link to="/launches" className="link">
              {t('ck.launches')}
            </Link>
            <Link to="/services" className="link">
              {t('ck.services')}
            </Link>
            <Link to="/checklists/templates" className="link">
              {t('ck.templates')}
            </Link>
          </nav>
        </div>
        <Loaded query={query} failed={t('ck.listError')}>
          {() =>
            items.length === 0 && (
              <EmptyState icon={<ClipboardCheck size={28} />} title={t(`ck.none.${put}`)}>
                {put === 'open' && t('ck.noneText')}
              </EmptyState>
            )
          }
        </Loaded>
        {teams.map((team) => (
          <section key={team.id}>
            <h2 className="h2 ckl-h">{team.name}</h2>
            <ul className="panel rows">
              {items
                .filter((c) => c.team.id === team.id)
                .sort((a, b) => Number(!!b.forYou) - Number(!!a.forYou) || soonest(a, b))
                .map((c) => (
                  <Row key={c.id} c={c} />
                ))}
            </ul>
          </section>
        ))}
      </div>
      {starting && (
        <StartDialog
          about={{}}
          onClose={() => setStarting(false)}
          onStarted={(id) =>
            void navigate({ to: '/checklists/$checklist', params: { checklist: id } as never })
          }
        />
      )}
    </div>
  );
}

const soonest = (a: Head, b: Head) =>
  (a.launchOn ?? '9').localeCompare(b.launchOn ?? '9') || b.blocking - a.blocking;

function Row({ c }: { c: Head }) {
  const now = useNow(60_000);
  return (
    <li className="row-a">
      <span className="row-main">
        <Link to="/checklists/$checklist" params={{ checklist: c.id } as never} className="row-link">
          {c.name}
        </Link>
        <small>
          {[
            c.card?.key ?? t(c.service?.archived ? 'ck.serviceGone' : c.service ? 'ck.service' : 'ck.launch'),
            t(`ck.level.${c.level}`),
            t(`ck.phase.${c.phase}`),
            c.launchOn && launchWords(c.launchOn, now, browserZone()),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      {!!c.forYou && (
        <span className="pill" data-t="acc">
          {t('ck.forYou', { n: c.forYou })}
        </span>
      )}
      <span className="ckl-n">
        {c.blocking > 0 ? (
          <>
            <b>
              {t('ck.blocking')} {c.blocking}
            </b>
            <small>{countWords(c.counts)}</small>
          </>
        ) : (
          <em>{t('ck.clear')}</em>
        )}
      </span>
      <TopicSquares topics={c.topics} />
    </li>
  );
}
