import { Undo2 } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { ApiError } from '../lib/api';
import { clock } from '../lib/time';
import type { BoardStore } from '../live';
import { t } from './messages';

/** Changes that were made offline or in an earlier visit and that the server refused: listed, never dropped. */
export function Refused({ store }: { store: BoardStore }) {
  const all = useSyncExternalStore(
    (fn) => store.subscribe('rejected', fn),
    () => store.rejected(),
  );
  // Two texts for one field are decided on the card itself.
  const list = all.filter((r) => !r.text);
  if (list.length === 0) return null;
  return (
    <section className="refused" aria-label={t('app.refused')}>
      <h2 className="h2">
        <Undo2 size={15} aria-hidden /> {t('app.refused.n', { n: list.length })}
      </h2>
      <ul>
        {list.map((r) => (
          <li key={r.key}>
            <span className="row-main">
              {t(`app.refused.${r.kind}`, { label: r.label })}
              <small>
                {clock(r.at)} · {r.error instanceof Error ? r.error.message : t('app.refused.unknown')}
              </small>
            </span>
            {keepable(r.error) && (
              <button type="button" className="btn line sm" onClick={() => store.keepRejected(r.key)}>
                {t('app.refused.keep')}
              </button>
            )}
            <button type="button" className="btn ghost sm" onClick={() => store.dropRejected(r.key)}>
              {t('app.refused.drop')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Sending it again can only help when somebody else was first, or the limit may have room now. */
const keepable = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 409 || error.status >= 500);
