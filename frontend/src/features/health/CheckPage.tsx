import { Link } from '@tanstack/react-router';
import { EyeOff } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { api } from '../../lib/api';
import { putData, refresh, useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { absolute, dateOf, relative } from '../../lib/time';
import { useFollow } from '../../live/follow';
import { onTopic } from '../../live/session';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { HowItWorks } from '../../ui/how/HowItWorks';
import { Loaded } from '../../ui/Loaded';
import { t } from './messages';
import { change, Since, Spread } from './parts';
import { QuestionForm } from './QuestionForm';
import type { Check } from './types';
import './health.css';

/** Who waits for the last answers wants to see them come. */
const LONGEST = 3_000;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** One health check: what is asked, and once it is revealed what was said. */
export function CheckPage({ id, state }: { id: string; state?: ReactNode }) {
  const path = `/health-checks/${id}`;
  const query = useData<Check>(path);
  const c = query.data;
  const topic = c && `team:${c.teamId}`;
  useFollow(topic ? [topic] : [], () => void refresh(path), LONGEST);
  // all see at once what was said, however many answers came just before
  useEffect(
    () => (topic ? onTopic(topic, (e) => e.type === 'health.ended' && void refresh(path)) : undefined),
    [topic, path],
  );
  return (
    <div className="page">
      <PageTitle
        title={c ? t('hc.of', { team: c.teamName }) : t('hc.title')}
        crumb={<Link to="/health">{t('hc.title')}</Link>}
      />
      <Top place="state">{state}</Top>
      <Top place="action">{c?.canEnd && <Reveal check={c} />}</Top>
      <div className="page-in narrow hc">
        <Loaded query={query}>{(check) => <Asked check={check} path={path} />}</Loaded>
      </div>
    </div>
  );
}

function Asked({ check: c, path }: { check: Check; path: string }) {
  const all = c.sets.flatMap((set) => set.questions);
  const done = all.filter((q) => q.score).length;
  return (
    <>
      <p className="hc-secret">
        <EyeOff size={17} aria-hidden />
        {t('hc.secret', { n: c.fewest })}
      </p>
      <p className="hc-stand" aria-live="polite">
        {c.state === 'open' && (
          <>
            <span className="pill" data-t="acc">
              {t('hc.answered', { n: c.answered })}
            </span>
            {c.canAnswer && <span className="pill">{t('hc.done', { n: done, of: all.length })}</span>}
            <time className="quiet small" title={absolute(c.openedAt)}>
              {t('hc.opened', { who: c.openedBy, when: relative(c.openedAt) })}
            </time>
          </>
        )}
        {c.state === 'revealed' && (
          <>
            <span>
              {t('hc.state.revealed', { date: dateOf(c.endedAt ?? c.openedAt, zone), n: c.answered })}
            </span>
            <Link to="/health/team/$team" params={{ team: c.teamId } as never} className="btn line sm">
              {t('hc.over')}
            </Link>
          </>
        )}
        {c.before && <Compared check={c} />}
        {c.state === 'called_off' && t('hc.state.called_off')}
      </p>
      <HowItWorks kind="health" teamId={c.teamId} />
      {c.state === 'open' && <p className="small quiet">{t(c.canAnswer ? 'hc.saved' : 'hc.onlyTeam')}</p>}
      {c.state !== 'called_off' &&
        c.sets.map((set) => (
          <section key={set.key} className="hc-part">
            <h2 className="h2">{set.name}</h2>
            <p className="small quiet">{set.about}</p>
            <ul className="panel rows">
              {set.questions.map((q) => (
                <li key={q.key} className="hc-q">
                  <h3>{q.title}</h3>
                  <p className="hc-ends">
                    <span data-t="ok">{q.green}</span>
                    <span data-t="bad">{q.red}</span>
                  </p>
                  {c.canAnswer && (
                    <QuestionForm
                      question={q}
                      path={`${path}/answers`}
                      onSaid={(next) => putData<Check>(path, () => next)}
                    />
                  )}
                  {c.state === 'revealed' &&
                    (q.result ? (
                      <>
                        <Spread result={q.result} />
                        {c.before && <Since result={q.result} before={q.before} />}
                      </>
                    ) : (
                      <p className="small quiet">{t('hc.few', { n: c.fewest })}</p>
                    ))}
                </li>
              ))}
            </ul>
          </section>
        ))}
    </>
  );
}

/** How much is better and how much worse than in the check before. */
function Compared({ check: c }: { check: Check }) {
  const ways = c.sets
    .flatMap((set) => set.questions)
    .flatMap((q) => (q.result && q.before ? change(q.result, q.before) : []));
  if (!c.before || ways.length === 0) return null;
  const n = (way: number) => ways.filter((w) => w === way).length;
  return (
    <span className="hc-than">
      {t('hc.than', {
        date: dateOf(c.before.endedAt ?? c.before.openedAt, zone),
        better: n(1),
        worse: n(-1),
        same: n(0),
      })}
    </span>
  );
}

function Reveal({ check: c }: { check: Check }) {
  const end = async (verb: string) => {
    await api.post(`/health-checks/${c.id}/${verb}`);
    await refresh('/health-checks', '/teams/', '/today');
  };
  return (
    <>
      <ConfirmButton
        className="btn line"
        title={t('hc.callOffAsk')}
        text={t('hc.callOffText')}
        verb={t('hc.callOff')}
        run={() => end('call-off')}
      >
        {t('hc.callOff')}
      </ConfirmButton>
      <ConfirmButton
        className="btn"
        title={t('hc.revealAsk')}
        text={
          c.answered < c.fewest
            ? t('hc.revealFew', { n: c.answered, fewest: c.fewest })
            : t('hc.revealText', { n: c.answered })
        }
        verb={t('hc.reveal')}
        calm={c.answered >= c.fewest}
        run={() => end('reveal')}
      >
        {t('hc.reveal')}
      </ConfirmButton>
    </>
  );
}
