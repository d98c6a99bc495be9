import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { refresh, useData } from '../../lib/data';
import { absolute, dateWords, relative } from '../../lib/time';
import { useFollow } from '../../live/follow';
import { Avatar } from '../../ui/Avatar';
import { DiscIcon } from '../../ui/DiscIcon';
import { Loaded } from '../../ui/Loaded';
import { disciplineName } from '../../ui/messages';
import { changeWords } from './history';
import './liaison.css';
import { t } from './messages';
import { type Asked, PatternDialog } from './PatternDialog';
import { PatternMark } from './PatternMark';
import type { OfTeam, Turn, View } from './types';

/** Who stands to one team for operations, security or another discipline; for the team's page. */
export function TeamPatterns({ team, guest }: { team: { id: string; name: string }; guest: boolean }) {
  const path = `/teams/${team.id}/patterns`;
  const query = useData<OfTeam>(path);
  const [asked, setAsked] = useState<Asked>();
  useFollow([`team:${team.id}`], () => void refresh(path));
  return (
    <section className="team-part" aria-labelledby="patterns">
      <h2 className="h2" id="patterns">
        {t('tp.title')}
      </h2>
      <p className="small quiet">
        {t('tp.text')}{' '}
        {!guest && (
          <Link to="/teams/coverage" search={{ team: team.id } as never} className="link">
            {t('tp.map')}
          </Link>
        )}
      </p>
      <Loaded query={query}>
        {(data) => (
          <div className="panel cv-tp">
            {data.patterns.length === 0 && <p className="row-a quiet">{t('tp.none')}</p>}
            <ul className="rows">
              {data.patterns.map((p) => (
                <li key={p.person.id} className="row-a cv-seat" data-d={p.discipline}>
                  <Avatar person={p.person} size={28} decorative />
                  <span className="row-main">
                    <span>{p.person.name}</span>
                    <small>{contract(p)}</small>
                    {p.purpose && <small>{p.purpose}</small>}
                  </span>
                  <PatternMark pattern={p.pattern} />
                  <DiscIcon d={p.discipline} size={15} />
                  {data.canChange && (
                    <button
                      type="button"
                      className="btn line sm"
                      aria-haspopup="dialog"
                      aria-label={`${t('tp.change')}: ${p.person.name}`}
                      onClick={() =>
                        setAsked({
                          team,
                          discipline: p.discipline,
                          seats: data.patterns.filter((x) => x.discipline === p.discipline),
                          person: p.person.id,
                        })
                      }
                    >
                      {t('tp.change')}
                    </button>
                  )}
                </li>
              ))}
            </ul>
            {data.canChange && (
              <p className="row-a cv-add">
                {(['operations', 'security'] as const).map((d) => (
                  <button
                    key={d}
                    type="button"
                    className="btn line sm"
                    aria-haspopup="dialog"
                    onClick={() => setAsked({ team, discipline: d, seats: [] })}
                  >
                    <Plus size={15} aria-hidden />
                    {disciplineName(d)}
                  </button>
                ))}
                <button
                  type="button"
                  className="btn ghost sm"
                  aria-haspopup="dialog"
                  onClick={() => setAsked({ team, seats: [] })}
                >
                  <Plus size={15} aria-hidden />
                  {t('tp.other')}
                </button>
              </p>
            )}
            {data.history.length > 0 && (
              <details className="cv-history">
                <summary>{t('tp.history')}</summary>
                <ul>
                  {data.history.map((l) => (
                    <HistoryLine key={`${l.at} ${l.type} ${l.person}`} line={l} />
                  ))}
                </ul>
              </details>
            )}
          </div>
        )}
      </Loaded>
      {asked && <PatternDialog asked={asked} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

function HistoryLine({ line: l }: { line: Turn }) {
  const changes = changeWords(l);
  return (
    <li>
      {t(
        l.type === 'pattern.set'
          ? 'tp.set'
          : l.type === 'pattern.ended'
            ? 'tp.ended'
            : l.was
              ? 'tp.moved'
              : 'tp.changed',
        {
          by: l.by,
          person: l.person,
          pattern: t(`cv.pattern.${l.pattern}`),
          was: l.was ? t(`cv.pattern.${l.was as View['pattern']}`) : '',
          discipline: disciplineName(l.discipline).toLowerCase(),
        },
      )}
      {l.why && <>: “{l.why}”</>}{' '}
      <time dateTime={l.at} title={absolute(l.at)}>
        {relative(l.at)}
      </time>
      {changes.length > 0 && <small>{changes.join(' · ')}</small>}
    </li>
  );
}

function contract(p: View): string {
  const discipline = disciplineName(p.discipline);
  if (p.share === undefined) return `${discipline}, ${t('tp.bare')}`;
  return [
    discipline,
    t('tp.line', { share: Math.round(100 * p.share), days: p.responseDays ?? 0 }),
    p.deputy && t('tp.deputy', { name: p.deputy.name }),
    p.reviewOn && t('tp.review', { day: dateWords(p.reviewOn) }),
    p.away && t('tp.away', { day: dateWords(p.away.to) }),
  ]
    .filter(Boolean)
    .join(' · ');
}
