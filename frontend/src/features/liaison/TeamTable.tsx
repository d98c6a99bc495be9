import { ArrowRight } from 'lucide-react';
import { shortDay } from '../../lib/time';
import { Avatar } from '../../ui/Avatar';
import { DiscIcon } from '../../ui/DiscIcon';
import { disciplineName } from '../../ui/messages';
import { Flags } from './Flags';
import { t } from './messages';
import { PatternMark } from './PatternMark';
import type { Coverage, TeamCover } from './types';

function Share({ share }: { share: number | undefined }) {
  if (share === undefined) return <span className="quiet small">{t('cv.unknown')}</span>;
  const n = Math.round(100 * share);
  return (
    <span className="cv-nw">
      <span className="cv-share" aria-hidden="true">
        <i style={{ width: `${Math.min(100, n)}%` }} />
      </span>
      <span className="num">{t('cv.share', { n })}</span>
    </span>
  );
}

/** Deputy and share below the name, where there is no room for a column each. */
function Fold({ seat: s }: { seat: TeamCover['seats'][number] }) {
  return (
    <small className="cv-fold">
      {s.share === undefined ? t('cv.unknown') : t('cv.share', { n: Math.round(100 * s.share) })}
      {s.deputy ? (
        <span>{t('cv.fold.deputy', { name: s.deputy.name.split(' ')[0] ?? '' })}</span>
      ) : (
        s.pattern !== 'invited' && <span className="cv-no">{t('cv.fold.none')}</span>
      )}
    </small>
  );
}

function Came({ team }: { team: TeamCover }) {
  const { marks, came, owed } = team.coming;
  if (marks.length === 0) return <span className="quiet small">{t('cv.cameNone')}</span>;
  return (
    <span className="cv-nw">
      <span className="cv-came" role="img" aria-label={t('cv.came', { came, n: marks.length, owed })}>
        {marks.map((x, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rituals are positions
          <i key={i} data-x={x} />
        ))}
      </span>
      <span className="num" aria-hidden="true" data-low={came < owed - 1 || undefined}>
        {came} / {owed}
      </span>
    </span>
  );
}

/** One row a team, read from left to right: where the seat stands, who sits there, who came, what is to look at. */
export function TeamTable({
  data,
  selected,
  onSelect,
}: {
  data: Coverage;
  selected: string | undefined;
  onSelect: (team: string) => void;
}) {
  return (
    <section className="panel cv-table" aria-label={t('cv.by.team')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys where it is wider than the page */}
      <div className="cv-scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('cv.col.team')}</th>
              <th scope="col">{t('cv.col.pattern')}</th>
              <th scope="col">{disciplineName(data.discipline)}</th>
              <th scope="col" className="cv-c-wide">
                {t('cv.col.deputy')}
              </th>
              <th scope="col" className="cv-c-wide">
                {t('cv.col.share')}
              </th>
              <th scope="col">
                {t('cv.col.came')} <small>{t('cv.col.owed')}</small>
              </th>
              <th scope="col" className="cv-r">
                {t('cv.col.understand')}
              </th>
              {data.discipline === 'operations' && (
                <th scope="col" className="cv-r">
                  {t('cv.col.pages')}
                </th>
              )}
              <th scope="col">{t('cv.col.launch')}</th>
              <th scope="col">{t('cv.col.flags')}</th>
            </tr>
          </thead>
          <tbody>
            {data.teams.map((team) => (
              <Row
                key={team.id}
                team={team}
                data={data}
                selected={team.id === selected}
                onSelect={() => onSelect(team.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({
  team,
  data,
  selected,
  onSelect,
}: {
  team: TeamCover;
  data: Coverage;
  selected: boolean;
  onSelect: () => void;
}) {
  const { seats } = team;
  const dash = <span className="quiet">—</span>;
  return (
    <tr data-on={selected || undefined} onClick={onSelect}>
      <th scope="row">
        <button
          type="button"
          className="cv-team"
          title={team.name}
          aria-pressed={selected}
          onClick={onSelect}
        >
          {team.name}
        </button>
        <small>{t(`cv.crit.${(team.needs.criticality ?? 0) as 0 | 1 | 2 | 3}`)}</small>
      </th>
      <td className="cv-c-pattern">
        <PatternMark pattern={team.pattern} own={team.own > 0} />
        {team.recommended !== team.pattern && !(team.own > 0 && team.pattern === 'nobody') && (
          <small className="cv-to">
            <ArrowRight size={12} aria-hidden />
            <span className="sr">{t('cv.recommended', { pattern: '' })}</span>
            {t(`cv.pattern.${team.recommended}`)}
          </small>
        )}
      </td>
      <td>
        <span className="cv-stack">
          {seats.length === 0 && dash}
          {seats.map((s) => (
            <span key={s.person.id}>
              <span className="cv-who">
                <Avatar person={s.person} size={24} decorative />
                <span title={s.person.name}>{s.person.name}</span>
                <DiscIcon d={data.discipline} size={14} decorative />
              </span>
              <Fold seat={s} />
            </span>
          ))}
        </span>
      </td>
      <td className="cv-c-more cv-c-wide">
        <span className="cv-stack">
          {seats.length === 0 && dash}
          {seats.map((s) =>
            s.deputy ? (
              <span key={s.person.id} className="cv-who cv-dep">
                <Avatar person={s.deputy} size={22} decorative />
                <span title={s.deputy.name}>{s.deputy.name.split(' ')[0]}</span>
              </span>
            ) : s.pattern === 'invited' ? (
              <span key={s.person.id} className="quiet small">
                {t('cv.notNeeded')}
              </span>
            ) : (
              <span key={s.person.id} className="cv-no">
                {t('cv.none')}
              </span>
            ),
          )}
        </span>
      </td>
      <td className="cv-c-more cv-c-wide">
        <span className="cv-stack">
          {seats.length === 0 && dash}
          {seats.map((s) => (
            <Share key={s.person.id} share={s.share} />
          ))}
        </span>
      </td>
      <td className="cv-c-more">
        <Came team={team} />
      </td>
      <td className="cv-r num cv-c-more">{team.toUnderstand || <span className="quiet">0</span>}</td>
      {data.discipline === 'operations' && (
        <td className="cv-r num cv-c-more">
          {team.needs.pages ?? <span className="quiet small">{t('cv.unknown')}</span>}
        </td>
      )}
      <td className="num cv-nw cv-c-more">{team.launchOn ? shortDay(team.launchOn) : dash}</td>
      <td className="cv-c-flags">
        <Flags flags={team.flags} />
      </td>
    </tr>
  );
}
