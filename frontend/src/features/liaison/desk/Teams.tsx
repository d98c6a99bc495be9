import { t } from './messages';
import { Marked } from './parts';
import { seatWords } from './seats';
import type { Desk } from './types';

/** More teams than this, or more letters of their names, are chosen from a list: they would take rows of their own. */
const CHIPS = 8;
const LETTERS = 90;

/** Which team is looked at; none named, all. */
export function Teams({
  teams,
  team,
  onTeam,
}: {
  teams: Desk['teams'];
  team: string | undefined;
  onTeam: (team: string | undefined) => void;
}) {
  if (teams.length < 2) return null;
  if (teams.length > CHIPS || teams.reduce((n, x) => n + x.name.length, 0) > LETTERS)
    return (
      <label className="dk-pick">
        <span className="sr">{t('desk.filter')}</span>
        <select className="input" value={team ?? ''} onChange={(e) => onTeam(e.target.value || undefined)}>
          <option value="">{t('desk.everyTeam')}</option>
          {teams.map((x) => (
            <option key={x.id} value={x.id}>
              {x.name}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <fieldset className="dk-chips">
      <legend className="sr">{t('desk.filter')}</legend>
      {teams.map((x) => (
        <button
          key={x.id}
          type="button"
          className="chip"
          aria-pressed={team === x.id}
          onClick={() => onTeam(team === x.id ? undefined : x.id)}
        >
          {x.name}
        </button>
      ))}
    </fieldset>
  );
}

/** What one has promised altogether: "Ops liaison of 4 teams · 80 % of the week · no deputy at Fulfilment". */
export function Summary({ desk }: { desk: Desk }) {
  const { seats, teams, wide } = desk;
  const alone = seats.alone.length;
  const parts = wide
    ? [t('desk.allTeams', { n: teams.length })]
    : [
        seats.teams > 0 && seatWords(desk),
        seats.deputy > 0 && t('desk.deputyOf', { n: seats.deputy }),
        seats.share > 0 && t('desk.share', { n: Math.round(seats.share * 100) }),
        alone > 0 &&
          (alone > 2
            ? t('desk.aloneMany', { n: alone })
            : t('desk.alone', { teams: seats.alone.map((x) => x.name).join(', ') })),
      ].filter((x) => x !== false);
  return (
    <p className="dk-sum">
      <Marked text={parts.join(' · ')} />
    </p>
  );
}
