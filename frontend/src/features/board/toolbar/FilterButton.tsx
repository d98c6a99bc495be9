import { Filter } from 'lucide-react';
import type { ComponentPropsWithRef } from 'react';
import type { BoardSearch } from '../../../lib/search';
import { OwnKey } from '../../../ui/Kbd';
import { useRoom, useUi } from '../context';
import { t } from '../messages';
import { filterCount } from '../model/filter';
import s from './toolbar.module.css';

/** Stands alone until the popover's code is here; a press is kept for it. */
export function FilterButton({ search, ...rest }: { search: BoardSearch } & ComponentPropsWithRef<'button'>) {
  const { ui } = useRoom();
  const open = useUi((u) => u.filterOpen);
  const n = filterCount(search);
  return (
    <button
      {...rest}
      type="button"
      className={n ? 'btn soft' : 'btn ghost'}
      aria-expanded={open}
      onClick={() => ui.setState({ filterOpen: !open })}
    >
      <Filter size={15} aria-hidden />
      {t('board.filter')}
      {n > 0 ? <b className="num">{n}</b> : <OwnKey of="f" className={s.hideNarrow} />}
    </button>
  );
}
