import { TriangleAlert } from 'lucide-react';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { ApiError } from '../../lib/api';
import { absolute, relative } from '../../lib/time';
import type { BoardStore, Rejected } from '../../live';
import { Dialog } from '../../ui/Dialog';
import css from './card.module.css';
import { t } from './messages';

/** Changes made offline or in an earlier visit that the server refused: listed, to be kept or dropped, never lost in silence. */
export function NotApplied({ store, onOpen }: { store: BoardStore; onOpen?: (key: string) => void }) {
  const subscribe = useCallback((fn: () => void) => store.subscribe('rejected', fn), [store]);
  const list = useSyncExternalStore(subscribe, () => store.rejected());
  const [open, setOpen] = useState(false);
  if (list.length === 0) return null;
  const look = (key: string) => {
    setOpen(false);
    onOpen?.(key);
  };
  return (
    <aside className={css.strip} aria-label={t('card.notApplied')}>
      <TriangleAlert size={16} aria-hidden />
      <p role="status">{t('card.notAppliedN', { n: list.length })}</p>
      <button type="button" className="btn line sm" onClick={() => setOpen(true)}>
        {t('card.show')}
      </button>
      {open && (
        <Dialog title={t('card.notApplied')} onClose={() => setOpen(false)} width={620}>
          <p className={css.quiet}>{t('card.notAppliedWhy')}</p>
          <ul className={css.refused}>
            {list.map((r) => (
              <One key={r.key} r={r} store={store} onOpen={onOpen && look} />
            ))}
          </ul>
        </Dialog>
      )}
    </aside>
  );
}

function One({ r, store, onOpen }: { r: Rejected; store: BoardStore; onOpen?: (key: string) => void }) {
  const key = r.cardId ? store.card(r.cardId)?.key : undefined;
  const why = r.error instanceof ApiError ? r.error.detail : '';
  return (
    <li>
      <p>
        <strong>{t(`card.op.${r.kind}`)}</strong>: {r.label}
      </p>
      <p className={css.sub}>
        {why}{' '}
        <time dateTime={r.at} title={absolute(r.at)}>
          {relative(r.at)}
        </time>
      </p>
      {r.text && <p className={css.plain}>{r.text.mine}</p>}
      <div className={css.formFoot}>
        {key && onOpen && (
          <button type="button" className="btn ghost sm" onClick={() => onOpen(key)}>
            {t('card.look')}
          </button>
        )}
        <button type="button" className="btn line sm" onClick={() => store.dropRejected(r.key)}>
          {t('card.drop')}
        </button>
        <button type="button" className="btn sm" onClick={() => store.keepRejected(r.key)}>
          {t('card.sendAgain')}
        </button>
      </div>
    </li>
  );
}
