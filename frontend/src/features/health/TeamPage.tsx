import { Link, useNavigate } from '@tanstack/react-router';
import { HeartPulse } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { refresh, useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { dateOf, longDay } from '../../lib/time';
import { useFollow } from '../../live/follow';
import { EmptyState } from '../../ui/EmptyState';
import { Loaded } from '../../ui/Loaded';
import { t } from './messages';
import { Spread } from './parts';
import { StartDialog } from './StartDialog';
import type { Past } from './types';
import './health.css';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What a team has said of itself, check after check. */
export function TeamPage({ team, state }: { team: string; state?: ReactNode }) {
  const path = `/teams/${team}/health`;
  const query = useData<Past>(path);
  const past = query.data;
  const navigate = useNavigate();
  const [starting, setStarting] = useState(false);
  useFollow([`team:${team}`], () => void refresh(path));
  return (
    <div className="page">
      <PageTitle
        title={past ? t('hc.overOf', { team: past.teamName }) : t('hc.title')}
        crumb={<Link to="/health">{t('hc.title')}</Link>}
      />
      <Top place="state">{state}</Top>
      <Top place="action">
        {past?.canOpen && (
          <button type="button" className="btn" onClick={() => setStarting(true)}>
            {t('hc.start')}
          </button>
        )}
      </Top>
      <div className="page-in hc">
        <Loaded query={query}>{(p) => <Years past={p} />}</Loaded>
      </div>
      {starting && past && (
        <StartDialog
          team={{ id: past.teamId, name: past.teamName }}
          onClose={() => setStarting(false)}
          onStarted={(c) => void navigate({ to: '/health/$check', params: { check: c.id } as never })}
        />
      )}
    </div>
  );
}

function Years({ past }: { past: Past }) {
  return (
    <>
      <p className="hc-stand">
        {past.open ? (
          <Link to="/health/$check" params={{ check: past.open.id } as never} className="pill" data-t="acc">
            {t('hc.past.running')}
          </Link>
        ) : (
          past.dueAt && <span className="quiet">{t('hc.past.due', { when: longDay(past.dueAt) })}</span>
        )}
      </p>
      {past.checks.length === 0 && (
        <EmptyState icon={<HeartPulse size={28} />} title={t('hc.past.none')}>
          {t('hc.past.noneText')}
        </EmptyState>
      )}
      {past.checks.length > 0 &&
        past.sets.map((set) => {
          // a check that did not ask these has no column here
          const asked = past.checks.flatMap((c, i) =>
            set.questions.some((q) => q.results[i]) ? { c, i } : [],
          );
          return (
            <div key={set.key} className="hc-part">
              <h2 className="h2">{set.name}</h2>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keyboard */}
              <section className="panel hc-scroll" aria-label={set.name} tabIndex={0}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t('hc.past.question')}</th>
                      {asked.map(({ c }) => (
                        <th key={c.id} scope="col">
                          <Link to="/health/$check" params={{ check: c.id } as never}>
                            {dateOf(c.endedAt ?? c.openedAt, zone)}
                          </Link>
                          <small>{t('hc.past.n', { n: c.answered })}</small>
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {set.questions.map((q) => (
                      <tr key={q.key}>
                        <th scope="row">{q.title}</th>
                        {asked.map(({ c, i }) => {
                          const r = q.results[i];
                          return (
                            <td key={c.id}>{r ? <Spread result={r} /> : <span className="quiet">–</span>}</td>
                          );
                        })}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
            </div>
          );
        })}
    </>
  );
}
