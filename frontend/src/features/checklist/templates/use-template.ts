import { useEffect, useState, useSyncExternalStore } from 'react';
import { putData, refresh, useData } from '../../../lib/data';
import { personNow } from '../../../lib/session';
import { readStored, writeStored } from '../../../lib/stored';
import { useConnection } from '../../../live';
import { useFollow } from '../../../live/follow';
import { DraftKeeper, type DraftState, heldBy, type Kept } from './keeper';
import type { Template } from './types';

const NONE: DraftState = { items: [], at: 'saved', clashes: [] };
const never = () => () => {};

export const topicOf = (x: { team?: { id: string } }): string => (x.team ? `team:${x.team.id}` : 'org');

/** A template, live, with its draft as it is being written here. */
export function useTemplate(id: string) {
  const path = `/checklist-templates/${id}`;
  const query = useData<Template>(path);
  const view = query.data;
  useFollow(view ? [topicOf(view)] : [], () => void refresh(path));
  const [keeper, setKeeper] = useState<DraftKeeper>();
  useEffect(() => {
    const name = `checklist-template.${personNow()}.${id}.unsent`;
    const made = new DraftKeeper({
      id,
      onSaved: (v) => putData<Template>(path, () => v),
      store: {
        read: () => {
          try {
            return (JSON.parse(readStored(name) ?? 'null') as Kept | null) ?? undefined;
          } catch {
            return undefined;
          }
        },
        write: (kept) => writeStored(name, kept ? JSON.stringify(kept) : null),
      },
    });
    setKeeper(made);
    return () => made.stop();
  }, [id, path]);
  useEffect(() => {
    if (view?.mayEdit) keeper?.serverSays(view);
  }, [view, keeper]);
  const connection = useConnection();
  useEffect(() => {
    if (connection.state === 'live') void keeper?.flush();
  }, [connection.state, keeper]);
  const draft = useSyncExternalStore(keeper?.watch ?? never, keeper?.snapshot ?? (() => NONE));
  const began = draft !== NONE && draft.items.length > 0;
  return {
    query,
    view,
    keeper,
    draft,
    items: view ? (view.mayEdit && began ? draft.items : heldBy(view)) : [],
  };
}
