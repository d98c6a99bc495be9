import { Link, useNavigate } from '@tanstack/react-router';
import { CalendarRange, Plus, Snowflake, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { refresh, useData } from '../../../lib/data';
import { PageTitle, Top } from '../../../lib/page';
import { hasRight, useMe, worksSomewhere } from '../../../lib/session';
import { browserZone, dateWords, dayOf, shortDay } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import { useFollow } from '../../../live/follow';
import { EmptyState } from '../../../ui/EmptyState';
import { Loaded } from '../../../ui/Loaded';
import { TopicSquares } from '../../../ui/TopicSquares';
import { StartDialog } from '../../card/checklists/StartDialog';
import { FreezeDialog } from './FreezeDialog';
import type { Window } from './line';
import { t } from './messages';
import { Axis, Legend, Track } from './Timeline';
import type { Freeze, LaunchHead } from './types';
import { freezeWords, stateWords, whenWords } from './words';
import '../list.css';
import './launch.css';

const SPANS = [30, 90] as const;
const BEFORE = 3;
const keyOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** When which team launches what, how far it has come, and the days on which nobody should. */
export function LaunchesPage({ state }: { state?: ReactNode }) {
  const me = useMe();
  const navigate = useNavigate();
  const now = useNow(60_000);
  const [span, setSpan] = useState<(typeof SPANS)[number]>(30);
  const [team, setTeam] = useState('');
  const [starting, setStarting] = useState(false);
  const [editing, setEditing] = useState<Freeze | 'new'>();
  const today = dayOf(now, browserZone());
  const w: Window = { from: today - BEFORE, n: span + BEFORE + 1, today };
  const between = `from=${keyOf(w.from)}&to=${keyOf(today + span)}`;
  const query = useData<{ items: LaunchHead[] }>(`/launches?${between}`);
  const frozen = useData<{ items: Freeze[] }>(`/freezes?${between}`);
  useFollow(['org', ...me.teams.map((x) => `team:${x.id}`)], () => void refresh('/launches', '/freezes'));
  const all = query.data?.items ?? [];
  const teams = [...new Map(all.map((h) => [h.checklist.team.id, h.checklist.team])).values()].sort((a, b) =>
    a.name.localeCompare(b.name),
  );
  const items = all.filter((h) => !team || h.checklist.team.id === team);
  const freezes = (frozen.data?.items ?? []).filter((f) => !team || !f.teamId || f.teamId === team);
  const works = worksSomewhere(me);
  const freezer =
    ['admin', 'manager'].includes(me.person.role) || me.teams.some((x) => hasRight(me, x.id, 'lead'));
  return (
    <div className="page">
      <PageTitle title={t('ln.title')} />
      <Top place="state">{state}</Top>
      <Top place="action">
        {works && (
          <button type="button" className="btn" onClick={() => setStarting(true)}>
            <Plus size={16} aria-hidden />
            <span className="btn-word">{t('ln.new')}</span>
          </button>
        )}
      </Top>
      <div className="page-in ln">
        <div className="ln-tools">
          <fieldset className="seg">
            <legend className="sr">{t('ln.span')}</legend>
            {SPANS.map((n) => (
              <button key={n} type="button" aria-pressed={span === n} onClick={() => setSpan(n)}>
                {t(`ln.span.${n}`)}
              </button>
            ))}
          </fieldset>
          <select
            className="input sm"
            aria-label={t('ln.team')}
            value={team}
            onChange={(e) => setTeam(e.target.value)}
          >
            <option value="">{t('ln.allTeams')}</option>
            {teams.map((x) => (
              <option key={x.id} value={x.id}>
                {x.name}
              </option>
            ))}
          </select>
        </div>
        <Loaded query={query} failed={t('ln.listError')}>
          {() =>
            items.length === 0 ? (
              <EmptyState icon={<CalendarRange size={28} />} title={t('ln.none')}>
                {team || all.length > 0 ? t('ln.noneFilter') : t('ln.noneText')}
              </EmptyState>
            ) : (
              <div className="panel ln-table">
                <div className="ln-row ln-head">
                  <span>{t('ln.launch')}</span>
                  <span>{t('ln.day')}</span>
                  <Axis w={w} freezes={freezes} />
                  <span>{t('ln.state')}</span>
                  <span className="ln-h-blocks">{t('ln.blocks')}</span>
                </div>
                <div className="ln-narrow">
                  <Axis w={w} freezes={freezes} />
                </div>
                <ul>
                  {items.map((h) => (
                    <Row key={h.checklist.id} h={h} w={w} freezes={freezes} now={now} />
                  ))}
                </ul>
                <Legend
                  due={items.some(
                    (h) => h.line.length > 0 && h.line.every((s) => s.on !== h.checklist.launchOn),
                  )}
                />
              </div>
            )
          }
        </Loaded>
        <section className="ln-freezes">
          <div className="ln-sec">
            <h2 className="h2">
              <Snowflake size={15} aria-hidden /> {t('ln.freezes')}
            </h2>
            <p className="quiet small">{t('ln.freezesText')}</p>
            {freezer && (
              <button type="button" className="btn line sm" onClick={() => setEditing('new')}>
                {t('ln.addFreeze')}
              </button>
            )}
          </div>
          <Loaded query={frozen}>
            {() =>
              freezes.length === 0 ? (
                <p className="quiet small">{t('ln.noFreeze')}</p>
              ) : (
                <ul className="panel rows">
                  {freezes.map((f) => (
                    <li key={f.id} className="row-a">
                      <span className="row-main">
                        <b className="ln-fname">{f.title}</b>
                        <small>{[f.teamName ?? t('ln.everybody'), f.why].filter(Boolean).join(' · ')}</small>
                      </span>
                      <span className="num ln-fdays">
                        {f.from === f.to ? dateWords(f.from) : `${shortDay(f.from)} – ${shortDay(f.to)}`}
                      </span>
                      {f.mayChange && (
                        <button
                          type="button"
                          className="btn ghost sm"
                          aria-label={t('ln.changeOf', { title: f.title })}
                          onClick={() => setEditing(f)}
                        >
                          {t('ln.change')}
                        </button>
                      )}
                    </li>
                  ))}
                </ul>
              )
            }
          </Loaded>
        </section>
      </div>
      {starting && (
        <StartDialog
          about={team ? { teamId: team } : {}}
          onClose={() => setStarting(false)}
          onStarted={(id) =>
            void navigate({ to: '/launches/$checklist', params: { checklist: id } as never })
          }
        />
      )}
      {editing && (
        <FreezeDialog
          freeze={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </div>
  );
}

function Row({ h, w, freezes, now }: { h: LaunchHead; w: Window; freezes: readonly Freeze[]; now: number }) {
  const c = h.checklist;
  const [said, more] = stateWords(h);
  const [keys, setKeys] = useState(false);
  const warnings = [
    ...h.freezes.map((f) => freezeWords(f, h.stages)),
    ...(h.sameDay.length > 0 ? [t('ln.sameDay', { names: h.sameDay.map((x) => x.name).join(', ') })] : []),
  ];
  return (
    <li className="ln-row">
      <span className="ln-name">
        <Link
          to="/launches/$checklist"
          params={{ checklist: c.id } as never}
          className="row-link"
          onFocus={(e) => setKeys(e.currentTarget.matches(':focus-visible'))}
          onBlur={() => setKeys(false)}
          onKeyDown={(e) => e.key === 'Escape' && setKeys(false)}
        >
          {c.name}
        </Link>
        <small>{[c.team.name, c.card?.key].filter(Boolean).join(' · ')}</small>
      </span>
      <span className="ln-when">
        {dateWords(c.launchOn ?? '')}
        <small>{whenWords(h, now, browserZone())}</small>
      </span>
      <Track h={h} w={w} freezes={freezes} all={keys} />
      <span className="ln-state" data-state={h.state}>
        {said}
        {more && <small>{more}</small>}
        {warnings.length > 0 && (
          <small className="ln-warn">
            <TriangleAlert size={12} aria-hidden /> {warnings.join(', ')}
          </small>
        )}
      </span>
      <span className="ln-blocks">
        <TopicSquares topics={c.topics} />
        {c.blocking > 0 ? <b>{t('ln.blocking', { n: c.blocking })}</b> : <em>{t('ln.clear')}</em>}
      </span>
    </li>
  );
}
