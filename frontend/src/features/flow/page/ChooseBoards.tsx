import { Popover } from '@mantine/core';
import { KanbanSquare } from 'lucide-react';
import '../../../ui/menu.css';
import { t } from '../messages';
import type { BoardsSearch } from '../search';

export interface Known {
  id: string;
  name: string;
  teamId: string;
  teamName: string;
}

/** So many can be counted together. */
const MOST = 50;

/** The boards that an address names: those of a team, those that are listed, or all. */
export function chosen(all: readonly Known[], { team, boards }: BoardsSearch): readonly Known[] {
  if (team) return all.filter((b) => b.teamId === team);
  const ids = boards?.split(',');
  return (ids ? all.filter((b) => ids.includes(b.id)) : all).slice(0, MOST);
}

/** Which boards count: a team's, or any. */
export function ChooseBoards({
  all,
  search,
  onChoose,
}: {
  all: readonly Known[];
  search: BoardsSearch;
  onChoose: (of: Pick<BoardsSearch, 'boards' | 'team'>) => void;
}) {
  const of = new Set(chosen(all, search).map((b) => b.id));
  const teams = [...new Map(all.map((b) => [b.teamId, b.teamName]))]
    .map(([id, name]) => ({ id, name, boards: all.filter((b) => b.teamId === id) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  const team = teams.find((x) => x.id === search.team);
  const words = team
    ? t('fl.several.team', { team: team.name, n: of.size })
    : t('fl.several', { n: of.size });
  const toggle = (id: string) => {
    const next = all.filter((b) => of.has(b.id) !== (b.id === id)).map((b) => b.id);
    if (next.length > 0 && next.length <= MOST)
      onChoose({ boards: next.length === all.length ? undefined : next.join(','), team: undefined });
  };
  return (
    <Popover position="bottom-end" width={340} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button type="button" className="btn ghost" aria-label={t('fl.several.choose', { words })}>
          <KanbanSquare size={15} aria-hidden />
          {words}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="fl-pop fl-choose" aria-label={t('fl.several.choose', { words })}>
        <button
          type="button"
          className="chip plain"
          aria-pressed={!search.team && !search.boards}
          onClick={() => onChoose({ boards: undefined, team: undefined })}
        >
          {all.length > MOST ? t('fl.several.first', { n: MOST }) : t('fl.several.all', { n: all.length })}
        </button>
        {teams.map((x) => (
          <fieldset key={x.id}>
            <legend>
              {x.name}
              {x.boards.length > 1 && (
                <button
                  type="button"
                  className="link"
                  aria-pressed={search.team === x.id}
                  onClick={() => onChoose({ boards: undefined, team: x.id })}
                >
                  {t('fl.several.only')}
                  <span className="sr"> {x.name}</span>
                </button>
              )}
            </legend>
            {x.boards.map((b) => (
              <label key={b.id} className="fl-choice">
                <input
                  type="checkbox"
                  checked={of.has(b.id)}
                  disabled={of.has(b.id) ? of.size === 1 : of.size >= MOST}
                  onChange={() => toggle(b.id)}
                />
                {b.name}
              </label>
            ))}
          </fieldset>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
