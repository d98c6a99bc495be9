import { Link } from '@tanstack/react-router';
import { Octagon, Snowflake, TriangleAlert, Undo2 } from 'lucide-react';
import { absolute, browserZone, dateWords, moment, shortDay } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import { TopicSquares } from '../../../ui/TopicSquares';
import type { Act } from './ActDialog';
import { t } from './messages';
import type { FreezeRef, Launch } from './types';
import { whenWords } from './words';

/** Whether it runs in a freeze, which stages begin in it, or that its day does. */
function frozenWords(f: FreezeRef): string {
  const said = { title: f.title, from: shortDay(f.from), to: shortDay(f.to) };
  const runs = f.now && t('ln.warn.runsInFreeze', said);
  const stages =
    f.stages.length > 0 &&
    t('ln.warn.stagesInFreeze', { ...said, n: f.stages.length, names: f.stages.join(', ') });
  return [runs, stages].filter(Boolean).join(' ') || t('ln.warn.freeze', said);
}

/** How it stands, what warns, and the next step. */
export function Banner({ v, onAct }: { v: Launch; onAct: (act: Act) => void }) {
  const now = useNow(30_000);
  const c = v.checklist;
  const s = v.stage;
  const last = s !== undefined && s.number === v.stages;
  const next = s && v.plan.stages[s.number];
  const early = s ? Date.parse(s.until) > now : false;
  const open = v.state === 'planned' || v.state === 'running' || v.state === 'stopped';
  return (
    <section className="panel ln-banner" data-state={v.state} aria-label={t('ln.state')}>
      <div className="ln-stand">
        <p className="ln-big">
          {v.state === 'planned' && t('ln.banner.planned', { day: dateWords(c.launchOn ?? '') })}
          {(v.state === 'running' || v.state === 'stopped') &&
            s &&
            t(`ln.banner.${v.state}`, { name: s.name, share: s.share })}
          {v.state === 'rolled_back' && t('ln.banner.rolled_back')}
          {v.state === 'done' && t('ln.banner.done', { at: moment(v.endedAt ?? '') })}
        </p>
        <p className="quiet">
          {[
            c.team.name,
            v.state === 'planned'
              ? whenWords(v, now, browserZone())
              : s && t('ln.state.runningOf', { n: s.number, of: v.stages }),
            v.state === 'running' && s && t('ln.banner.since', { at: moment(s.at) }),
            v.state === 'running' &&
              s &&
              t(early ? 'ln.banner.held' : 'ln.banner.heldOver', { until: moment(s.until) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {open && (
          <ul className="ln-warns">
            {v.freezes.map((f) => (
              <li key={f.id}>
                <Snowflake size={14} aria-hidden />
                {frozenWords(f)}
              </li>
            ))}
            {v.sameDay.map((x) => (
              <li key={x.id}>
                <TriangleAlert size={14} aria-hidden />
                {t('ln.warn.sameDay', { name: x.name, team: x.team })}
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="ln-ck">
        <span>
          <Link to="/checklists/$checklist" params={{ checklist: c.id } as never} className="link">
            {t('ln.checklist')}
          </Link>
          {c.card && (
            <>
              {' · '}
              <Link to="/c/$key" params={{ key: c.card.key } as never} className="link key">
                {c.card.key}
              </Link>
            </>
          )}
          {c.frozenAt && (
            <small className="quiet" title={absolute(c.frozenAt)}>
              {' · '}
              {t('ln.frozen', { date: shortDay(c.frozenAt.slice(0, 10)) })}
            </small>
          )}
        </span>
        <TopicSquares topics={c.topics} />
        {c.blocking > 0 ? <b>{t('ln.blocking', { n: c.blocking })}</b> : <em>{t('ln.clear')}</em>}
      </div>
      {v.may.run && v.state !== 'done' && (
        <div className="ln-acts">
          {(v.state === 'planned' || v.state === 'rolled_back') && v.stages > 0 && (
            <button type="button" className="btn big" onClick={() => onAct('begin')}>
              {t('ln.begin')}
            </button>
          )}
          {v.state === 'running' && (
            <button type="button" className="btn big" onClick={() => onAct('held')}>
              {last ? t('ln.finish') : t('ln.goOn', { name: next?.name ?? '' })}
            </button>
          )}
          {v.state === 'stopped' && (
            <button type="button" className="btn big" onClick={() => onAct('resume')}>
              {t('ln.resume')}
            </button>
          )}
          {v.state === 'running' && (
            <button type="button" className="btn danger big" onClick={() => onAct('stop')}>
              <Octagon size={15} aria-hidden />
              {t('ln.stop')}
            </button>
          )}
          {(v.state === 'running' || v.state === 'stopped') && (
            <button type="button" className="btn line big" onClick={() => onAct('roll-back')}>
              <Undo2 size={15} aria-hidden />
              {t('ln.rollBack')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
