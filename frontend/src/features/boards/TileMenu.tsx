import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, ChartSpline, Copy, Ellipsis, PackageOpen, ScrollText } from 'lucide-react';
import type { BoardListItem } from '../../api/types';
import { t } from './messages';
import '../../ui/menu.css';

interface Props {
  board: BoardListItem;
  /** Places a favourite earlier or later; absent at the ends and for other boards. */
  onEarlier?: () => void;
  onLater?: () => void;
  onCopy?: () => void;
  onArchive?: () => void;
}

/** What can be done with a whole board, from the overview. */
export function TileMenu({ board, onEarlier, onLater, onCopy, onArchive }: Props) {
  const moves = board.favourite !== undefined;
  return (
    <Menu position="bottom-end" withinPortal returnFocus width={220}>
      <Menu.Target>
        <button
          type="button"
          className="btn ghost icon"
          aria-label={t('boards.menu', { name: board.name })}
          title={t('boards.menuShort')}
        >
          <Ellipsis size={16} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component={Link}
          to="/b/$board/flow"
          params={{ board: board.id } as never}
          leftSection={<ChartSpline size={15} aria-hidden />}
        >
          {t('boards.flow')}
        </Menu.Item>
        <Menu.Item
          component={Link}
          to="/b/$board/workflow"
          params={{ board: board.id } as never}
          leftSection={<ScrollText size={15} aria-hidden />}
        >
          {t('boards.workflow')}
        </Menu.Item>
        {moves && (
          <>
            <Menu.Item
              leftSection={<ArrowLeft size={15} aria-hidden />}
              disabled={!onEarlier}
              onClick={onEarlier}
            >
              {t('boards.earlier')}
            </Menu.Item>
            <Menu.Item
              leftSection={<ArrowRight size={15} aria-hidden />}
              disabled={!onLater}
              onClick={onLater}
            >
              {t('boards.later')}
            </Menu.Item>
          </>
        )}
        {onCopy && (
          <Menu.Item leftSection={<Copy size={15} aria-hidden />} onClick={onCopy}>
            {t('boards.copy')}
          </Menu.Item>
        )}
        {onArchive && (
          <Menu.Item leftSection={<PackageOpen size={15} aria-hidden />} onClick={onArchive}>
            {t('boards.archive')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
