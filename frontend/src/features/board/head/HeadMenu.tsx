import { Menu } from '@mantine/core';
import { ArrowLeft, ArrowRight, Ellipsis, FoldHorizontal, Pencil, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Column } from '../../../api/types';
import { useColumns, useRoom } from '../context';
import { t } from '../messages-dialogs';
import { shiftColumn } from './shift';
import '../../../ui/menu.css';

interface Props {
  column: Column;
  index: number;
  opened: boolean;
  onChange: (open: boolean) => void;
  /** Without it there is nothing to fold: one column is shown at a time. */
  onFold?: (columnId: string) => void;
  lead: boolean;
  children: ReactNode;
}

/** What may be done with a column. Folding is a view and everybody's; the rest is the lead's and the server's. */
export function HeadMenu({ column, index, opened, onChange, onFold, lead, children }: Props) {
  const room = useRoom();
  const { ui } = room;
  const columns = useColumns();
  const shift = (to: number) => shiftColumn(room, column, to);
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-end" withinPortal returnFocus width={210}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {onFold && (
          <Menu.Item leftSection={<FoldHorizontal size={15} />} onClick={() => onFold(column.id)}>
            {t('board.fold')}
          </Menu.Item>
        )}
        {lead && (
          <>
            <Menu.Item
              leftSection={<Pencil size={15} />}
              onClick={() => ui.setState({ dialog: { kind: 'column', id: column.id } })}
            >
              {t('board.editColumn')}
            </Menu.Item>
            <Menu.Item
              leftSection={<ArrowLeft size={15} />}
              disabled={index === 0}
              onClick={() => void shift(index - 1)}
            >
              {t('board.moveLeft')}
            </Menu.Item>
            <Menu.Item
              leftSection={<ArrowRight size={15} />}
              disabled={index === columns.length - 1}
              onClick={() => void shift(index + 1)}
            >
              {t('board.moveRight')}
            </Menu.Item>
            <Menu.Item
              leftSection={<Plus size={15} />}
              onClick={() => ui.setState({ dialog: { kind: 'column', id: null, afterId: column.id } })}
            >
              {t('board.addColumnAfter')}
            </Menu.Item>
            {columns.length > 1 && (
              <Menu.Item
                leftSection={<Trash2 size={15} />}
                color="var(--bad)"
                onClick={() => ui.setState({ dialog: { kind: 'removeColumn', id: column.id } })}
              >
                {t('board.removeColumn')}
              </Menu.Item>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The lead's menu beside the tabs of a phone, where heads have no room for one. */
export function ColumnMenu({
  column,
  index,
  className,
}: {
  column: Column;
  index: number;
  className?: string;
}) {
  const [opened, setOpened] = useState(false);
  return (
    <HeadMenu column={column} index={index} opened={opened} onChange={setOpened} lead>
      <button type="button" className={className} aria-label={t('board.columnMenu', { column: column.name })}>
        <Ellipsis size={18} aria-hidden />
      </button>
    </HeadMenu>
  );
}
