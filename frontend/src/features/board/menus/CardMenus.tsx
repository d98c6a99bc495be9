import { Menu, Popover } from '@mantine/core';
import { useId } from 'react';
import { useLive, useRoom, useUi } from '../context';
import { focusCard } from '../focus';
import { t } from '../messages-dialogs';
import { AssignPanel } from './AssignPanel';
import { CardMenuItems } from './CardMenuItems';
import { LabelsPanel } from './LabelsPanel';
import { MovePanel } from './MovePanel';
import s from './menus.module.css';
import '../../../ui/menu.css';

/** All menus of a card hang on one unseen button: cards come and go with the window, the menu must not. */
export function CardMenus() {
  const room = useRoom();
  const menu = useUi((u) => u.menu);
  const card = useLive(menu?.id ?? 'none', (st) => (menu ? st.card(menu.id) : undefined));
  const titleId = useId();
  if (!menu || !card) return null;
  const { ui } = room;
  const close = () => {
    const { menu: now } = ui.getState();
    if (now?.id !== menu.id || now.kind !== menu.kind) return;
    ui.setState({ menu: null });
    focusCard(room, menu.id);
  };
  const anchor = (
    <button
      type="button"
      className={s.anchor}
      tabIndex={-1}
      aria-label={t('board.actionsOf', { key: card.key })}
      style={{ left: menu.at.x, top: menu.at.y }}
    />
  );
  if (menu.kind === 'card')
    return (
      <Menu
        key={menu.id}
        opened
        onClose={close}
        position="bottom-start"
        withinPortal
        returnFocus={false}
        width={264}
        closeOnItemClick={false}
      >
        <Menu.Target>{anchor}</Menu.Target>
        <Menu.Dropdown aria-label={t('board.actionsOf', { key: card.key })} className={s.menu}>
          <CardMenuItems card={card} onClose={close} />
        </Menu.Dropdown>
      </Menu>
    );
  const Panel = menu.kind === 'move' ? MovePanel : menu.kind === 'assign' ? AssignPanel : LabelsPanel;
  const name = t(`board.panel.${menu.kind}`, { key: card.key });
  return (
    <Popover
      key={`${menu.id}${menu.kind}`}
      opened
      onClose={close}
      onDismiss={close}
      position="bottom-start"
      trapFocus
      withinPortal
      returnFocus={false}
      width={300}
    >
      <Popover.Target>{anchor}</Popover.Target>
      {/* The kit would name it after the unseen button it hangs on. */}
      <Popover.Dropdown aria-labelledby={titleId} className={s.panel}>
        <h2 className={s.title} id={titleId}>
          {name}
        </h2>
        <Panel card={card} onClose={close} />
      </Popover.Dropdown>
    </Popover>
  );
}
