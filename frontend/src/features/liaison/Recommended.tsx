import { Check, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '../../lib/api';
import { dateWords } from '../../lib/time';
import { disciplineName } from '../../ui/messages';
import { t } from './messages';
import type { Coverage, Line, Needs, Recommendation, Rule, TeamCover } from './types';
import { type What, WhatIf } from './WhatIf';

const SOON = 150;

/** A sum's number: whole and half hours of people want two places, a need one. */
function figure(line: Line, places: number, first: boolean): string {
  const n = Math.abs(line.value).toFixed(places);
  if (line.sum || first) return line.value < 0 && Number(n) !== 0 ? `− ${n}` : n;
  return `${line.value < 0 || Object.is(line.value, -0) ? '−' : '+'} ${n}`;
}

function Sum({ title, lines, places }: { title: string; lines: readonly Line[]; places: number }) {
  return (
    <table className="cv-sum">
      <caption>{title}</caption>
      <tbody>
        {lines.map((l, i) => (
          <tr key={l.key} data-sum={l.sum || undefined} data-unknown={l.unknown || undefined}>
            <th scope="row">{l.label}</th>
            <td>{figure(l, places, i === 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Two places at most; what does not suffice is rounded down, so that 0.797 does not read as the 0.8 that is asked for. */
const plain = (n: number, enough = true) =>
  String((enough ? Math.round(100 * n) : Math.floor(100 * n + 1e-9)) / 100);

/** What must hold beside the sum, and what does not. */
function Rules({ title, rules }: { title: string; rules: readonly Rule[] }) {
  return (
    <table className="cv-sum cv-rules">
      <caption>{title}</caption>
      <tbody>
        {rules.map((r) => (
          <tr key={r.key} data-no={!r.holds || undefined}>
            <th scope="row">{r.label}</th>
            <td>
              <b>{plain(r.value, r.holds || r.atMost)}</b>{' '}
              <span>{t(r.atMost ? 'rc.atMost' : 'rc.atLeast', { n: plain(r.limit) })}</span>
              {r.holds ? <Check size={13} aria-hidden /> : <X size={13} aria-hidden />}
              <span className="sr">{t(r.holds ? 'rc.holds' : 'rc.fails')}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The recommendation for one team, line by line as the server computes it, and what it would be if. */
export function Recommended({
  data,
  team,
  onPrepare,
  onSay,
}: {
  data: Coverage;
  team: TeamCover;
  onPrepare: (pattern: 'invited' | 'liaison' | 'embedded') => void;
  onSay: () => void;
}) {
  const [what, setWhat] = useState<What>({});
  const [answer, setAnswer] = useState<Recommendation>();
  const [failed, setFailed] = useState('');
  const question = JSON.stringify({
    discipline: data.discipline,
    people: what.people ?? data.people.filter((p) => p.person.discipline === data.discipline).length,
    running: what.running,
    teams: data.teams.map((x): Needs => (x.id === team.id ? { ...x.needs, ...what.needs } : x.needs)),
    about: team.id,
  });
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api
        .post<Recommendation>('/recommend', JSON.parse(question), { signal: stop.signal })
        .then((r) => {
          setAnswer(r);
          setFailed('');
        })
        .catch((e: Error) => !stop.signal.aborted && setFailed(e.message));
    }, SOON);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [question]);
  const about = answer?.about?.teamId === team.id ? answer.about : undefined;
  const alone = team.own > 0 && team.pattern === 'nobody';
  const until = new Date(Date.parse(data.today) + 90 * 86_400_000).toISOString().slice(0, 10);
  return (
    <aside className="panel cv-rec" aria-labelledby="cv-rec">
      <h2 className="h2" id="cv-rec">
        {t('rc.title', { team: team.name })}
      </h2>
      {failed && (
        <p className="cv-ans" role="alert">
          {t('rc.failed')} {failed}
        </p>
      )}
      {about && (
        <p className="cv-ans" role="status">
          {alone ? (
            <b>{t('rc.ownAnswer', { discipline: disciplineName(data.discipline).toLowerCase() })}</b>
          ) : (
            <b>
              {t(`rc.${about.pattern}`, {
                team: team.name,
                discipline: disciplineName(data.discipline).toLowerCase(),
                day: dateWords(until),
              })}
            </b>
          )}
          {!alone &&
            about.fits !== about.pattern &&
            ` ${t('rc.fits', { pattern: t(`cv.pattern.${about.fits}`) })} ${about.short ?? ''}`}
        </p>
      )}
      {team.own > 0 && (
        <p className="small">
          {t('rc.own', { n: team.own, discipline: disciplineName(data.discipline).toLowerCase() })}
        </p>
      )}
      <WhatIf key={team.id} data={data} team={team} what={what} onChange={setWhat} />
      {about && (
        <>
          <Sum title={t('rc.need')} lines={about.need} places={1} />
          <Sum title={t('rc.room')} lines={about.room} places={2} />
          {about.next !== 'nobody' && about.rules.length > 0 && (
            <Rules title={t(`rc.rules.${about.next}`)} rules={about.rules} />
          )}
          <dl>
            <dt>{t('rc.next')}</dt>
            <dd>{about.nextBest?.text ?? t('rc.noNext')}</dd>
            <dt>{t('rc.change')}</dt>
            {about.changes.length === 0 && <dd>{t('rc.noChange')}</dd>}
            {about.changes.map((c) => (
              <dd key={`${c.input} ${c.to}`}>{c.text}</dd>
            ))}
            {(answer?.advice.length ?? 0) > 0 && <dt>{t('rc.advice')}</dt>}
            {answer?.advice.map((a) => (
              <dd key={a.code}>{a.text}</dd>
            ))}
          </dl>
        </>
      )}
      {team.canChange && (
        <div className="cv-rec-foot">
          {about && about.pattern !== 'nobody' && about.pattern !== team.pattern && (
            <button
              type="button"
              className="btn soft"
              aria-haspopup="dialog"
              onClick={() => about.pattern !== 'nobody' && onPrepare(about.pattern)}
            >
              {t('rc.prepare')}
            </button>
          )}
          <button type="button" className="btn line" aria-haspopup="dialog" onClick={onSay}>
            {t('rc.say')}
          </button>
          <p className="quiet small">{t('rc.proposes')}</p>
        </div>
      )}
    </aside>
  );
}
