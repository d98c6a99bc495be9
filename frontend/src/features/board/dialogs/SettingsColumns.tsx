import { Pencil } from 'lucide-react';
import { maxOf } from '../../../lib/limits';
import { useColumns, useRoom } from '../context';
import { t } from '../messages-dialogs';
import s from './dialogs.module.css';

/** The columns in order; each opens in its own dialog. */
export function SettingsColumns() {
  const { ui } = useRoom();
  const columns = useColumns();
  return (
    <section className={s.section}>
      <h3>{t('board.columns')}</h3>
      <ul className={s.list}>
        {columns.map((c) => (
          <li key={c.id} className={s.wide}>
            <span>
              {c.name}
              <small>
                {t(`board.kind.${c.kind}`)}
                {maxOf(c.wip)
                  ? ` · ${t(`board.policy.${c.wip.mode as 'warn'}`, { max: maxOf(c.wip) ?? 0 })}`
                  : ''}
              </small>
            </span>
            <button
              type="button"
              className="btn ghost sm icon"
              aria-label={t('board.editColumnTitle', { column: c.name })}
              onClick={() => ui.setState({ dialog: { kind: 'column', id: c.id } })}
            >
              <Pencil size={15} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <div className={s.adds}>
        <button
          type="button"
          className="btn line sm"
          onClick={() => ui.setState({ dialog: { kind: 'column', id: null } })}
        >
          {t('board.addColumn')}
        </button>
      </div>
    </section>
  );
}
