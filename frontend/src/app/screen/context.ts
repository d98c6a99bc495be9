import { createContext, use } from 'react';
import type { BoardListItem, Me, Screen } from '../../api/types';
import { useData } from '../../lib/data';

export const ScreenContext = createContext<Screen | null>(null);

/** The screen that this browser is. Only inside its frame. */
export function useThisScreen(): Screen {
  const screen = use(ScreenContext);
  if (!screen) throw new Error('Only inside a screen.');
  return screen;
}

/** The team's boards; undefined while they are read. */
export function useTeamBoards() {
  const { teamId } = useThisScreen();
  const { data, error } = useData<{ items: BoardListItem[] }>('/boards');
  return { boards: data?.items.filter((b) => b.teamId === teamId), error };
}

/** The board page asks who looks: somebody who may read this one team and nothing else. */
export const viewerOf = (screen: Screen): Me => ({
  person: {
    id: screen.id,
    name: screen.name,
    discipline: 'other',
    hue: 0,
    active: true,
    email: '',
    role: 'guest',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  },
  workspace: { name: '' },
  teams: [{ id: screen.teamId, key: '', name: screen.teamName, kind: '', right: 'viewer' }],
  keys: { singles: true, own: {} },
  demo: false,
  insecure: false,
  version: '',
});
