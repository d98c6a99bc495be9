import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import {
  Archive,
  ChartSpline,
  Check,
  Download,
  Ellipsis,
  LayoutGrid,
  PackageOpen,
  Rows3,
  ScrollText,
  Settings2,
} from 'lucide-react';
import { type BoardSearch, GROUPINGS, type Grouping } from '../../../lib/search';
import { useLanes, useRoom } from '../context';
import { DENSITIES, type Density } from '../density';
import { t } from '../messages-dialogs';
import { groupingOf } from './grouping';
import s from './toolbar.module.css';
import '../../../ui/menu.css';

const EXPORTS = ['json', 'cards.csv', 'transitions.csv'] as const;

interface Props {
  search: BoardSearch;
  density: Density;
  onDensity: (d: Density) => void;
}

export function ViewMenus({ search, density, onDensity }: Props) {
  const { setSearch, ui, canLead, store } = useRoom();
  const lanes = useLanes();
  const now = groupingOf(search, lanes.length);
  const offered = GROUPINGS.filter((g) => g !== 'lanes' || lanes.length > 0);
  const tick = <Check size={15} aria-hidden />;
  const rows = t(`board.group.${now === 'lanes' && lanes.length === 0 ? 'none' : now}`);
  const usual: Grouping = lanes.length > 0 ? 'lanes' : 'none';
  return (
    <>
      <Menu position="bottom-end" withinPortal returnFocus width={200}>
        <Menu.Target>
          <button type="button" className="btn ghost" aria-label={rows} title={rows}>
            <Rows3 size={15} aria-hidden />
            <span className={s.word}>{rows}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('board.rowsBy')}</Menu.Label>
          <Menu.RadioGroup
            value={now}
            onChange={(g) => setSearch({ lanes: g === usual ? undefined : (g as Grouping) })}
          >
            {offered.map((g) => (
              <Menu.RadioItem key={g} value={g} closeMenuOnClick checkIcon={tick}>
                {t(`board.group.${g}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" withinPortal returnFocus width={180}>
        <Menu.Target>
          <button
            type="button"
            className="btn ghost"
            aria-label={t(`board.density.${density}`)}
            title={t(`board.density.${density}`)}
          >
            <LayoutGrid size={15} aria-hidden />
            <span className={s.word}>{t(`board.density.${density}`)}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('board.densityTitle')}</Menu.Label>
          <Menu.RadioGroup value={density} onChange={(d) => onDensity(d as Density)}>
            {DENSITIES.map((d) => (
              <Menu.RadioItem key={d} value={d} closeMenuOnClick checkIcon={tick}>
                {t(`board.density.${d}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
      <Link
        to="/b/$board/flow"
        params={{ board: store.boardId }}
        className="btn ghost icon"
        aria-label={t('board.flow')}
        title={t('board.flow')}
      >
        <ChartSpline size={15} aria-hidden />
      </Link>
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
      <Menu position="bottom-end" withinPortal returnFocus width={230}>
        <Menu.Target>
          <button
            type="button"
            className="btn ghost icon"
            aria-label={t('board.boardMenu')}
            title={t('board.boardMenu')}
          >
            <Ellipsis size={16} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Archive size={15} aria-hidden />}
            onClick={() => ui.setState({ dialog: { kind: 'archived' } })}
          >
            {t('board.archivedCards')}
          </Menu.Item>
          <Menu.Item
            component={Link}
            to="/b/$board/workflow"
            params={{ board: store.boardId } as never}
            leftSection={<ScrollText size={15} aria-hidden />}
          >
            {t('board.workflow')}
          </Menu.Item>
          {canLead() && (
            <Menu.Item
              leftSection={<PackageOpen size={15} aria-hidden />}
              onClick={() => ui.setState({ dialog: { kind: 'archiveBoard' } })}
            >
              {t('board.archiveBoard')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Label>{t('board.export')}</Menu.Label>
          {EXPORTS.map((format) => (
            <Menu.Item
              key={format}
              component="a"
              href={`/api/v1/boards/${store.boardId}/export?format=${format}`}
              download
              leftSection={<Download size={15} aria-hidden />}
            >
              {t(`board.export.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
