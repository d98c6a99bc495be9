import { Menu } from '@mantine/core';
import { Check, LayoutGrid, Rows3, Settings2 } from 'lucide-react';
import { type BoardSearch, GROUPINGS, type Grouping } from '../../../lib/search';
import { useLanes, useRoom } from '../context';
import { DENSITIES, type Density } from '../density';
import { t } from '../messages';
import { groupingOf } from './grouping';
import s from './toolbar.module.css';
import '../../../ui/menu.css';

interface Props {
  search: BoardSearch;
  density: Density;
  onDensity: (d: Density) => void;
}

export function ViewMenus({ search, density, onDensity }: Props) {
  const { setSearch, ui, canLead } = useRoom();
  const lanes = useLanes();
  const now = groupingOf(search, lanes.length);
  const offered = GROUPINGS.filter((g) => g !== 'lanes' || lanes.length > 0);
  const tick = (on: boolean) => (on ? <Check size={15} aria-hidden /> : <span className={s.noTick} />);
  const usual: Grouping = lanes.length > 0 ? 'lanes' : 'none';
  return (
    <>
      <Menu position="bottom-end" withinPortal returnFocus width={200}>
        <Menu.Target>
          <button type="button" className="btn ghost">
            <Rows3 size={15} aria-hidden />
            <span className={s.word}>
              {t(`board.group.${now === 'lanes' && lanes.length === 0 ? 'none' : now}`)}
            </span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('board.rowsBy')}</Menu.Label>
          {offered.map((g) => (
            <Menu.Item
              key={g}
              role="menuitemradio"
              aria-checked={g === now}
              leftSection={tick(g === now)}
              onClick={() => setSearch({ lanes: g === usual ? undefined : g })}
            >
              {t(`board.group.${g}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" withinPortal returnFocus width={180}>
        <Menu.Target>
          <button type="button" className="btn ghost">
            <LayoutGrid size={15} aria-hidden />
            <span className={s.word}>{t(`board.density.${density}`)}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('board.densityTitle')}</Menu.Label>
          {DENSITIES.map((d) => (
            <Menu.Item
              key={d}
              role="menuitemradio"
              aria-checked={d === density}
              leftSection={tick(d === density)}
              onClick={() => onDensity(d)}
            >
              {t(`board.density.${d}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {canLead() && (
        <button
          type="button"
          className="btn ghost icon"
          aria-label={t('board.settings')}
          title={t('board.settings')}
          onClick={() => ui.setState({ dialog: { kind: 'settings' } })}
        >
          <Settings2 size={15} aria-hidden />
        </button>
      )}
    </>
  );
}
