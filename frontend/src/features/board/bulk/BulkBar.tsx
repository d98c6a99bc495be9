import { Popover } from '@mantine/core';
import { Archive, ArrowRight, Gauge, Tag, UserRound, X } from 'lucide-react';
import { type ReactNode, useEffect, useId } from 'react';
import { OwnKey } from '../../../ui/Kbd';
import { useLive, useRoom, useUi } from '../context';
import { focusCard } from '../focus';
import m from '../menus/menus.module.css';
import { t as board } from '../messages-dialogs';
import { clearSelected } from '../select';
import type { BulkPanel } from '../ui-state';
import { AssignPanel, ClassPanel, LabelsPanel, MovePanel } from './BulkPanels';
import { archiveAll, selectedNow } from './bulk';
import s from './bulk.module.css';
import { t } from './messages';
import '../../../ui/menu.css';

const PANELS = { move: MovePanel, assign: AssignPanel, labels: LabelsPanel, class: ClassPanel } as const;

/** What may be done with several cards at once. It is there while some are selected. */
export function BulkBar() {
  const room = useRoom();
  const { ui } = room;
  const selected = useUi((u) => u.selected);
  const busy = useUi((u) => u.bulkBusy);
  useLive('cards', (st) => st.cardIds());
  const n = selectedNow(room).length;
  useEffect(() => {
    if (n === 0 && selected.size > 0) clearSelected(room); // others archived them all
  }, [n, selected, room]);
  if (n === 0) return null;
  const leave = () => {
    const { selectedFrom } = ui.getState();
    clearSelected(room);
    if (selectedFrom) focusCard(room, selectedFrom);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a bar of buttons, not a group of fields
    <div className={s.bar} role="group" aria-label={t('bulk.bar')} aria-busy={busy || undefined} data-bulk="">
      <b className={s.n}>{busy ? t('bulk.busy', { n }) : t('bulk.n', { n })}</b>
      <Button kind="move" icon={<ArrowRight size={16} aria-hidden />} of="m" />
      <Button kind="assign" icon={<UserRound size={16} aria-hidden />} of="a" />
      <Button kind="labels" icon={<Tag size={16} aria-hidden />} of="l" />
      <Button kind="class" icon={<Gauge size={16} aria-hidden />} />
      <button type="button" className={s.act} disabled={busy} onClick={() => void archiveAll(room)}>
        <Archive size={16} aria-hidden />
        {t('bulk.archive')}
        <OwnKey of="#" />
      </button>
      <button
        type="button"
        className={s.x}
        aria-label={t('bulk.clear')}
        title={`${t('bulk.clear')} (Esc)`}
        onClick={leave}
      >
        <X size={16} aria-hidden />
      </button>
    </div>
  );
}

function Button({ kind, icon, of }: { kind: BulkPanel; icon: ReactNode; of?: string }) {
  const room = useRoom();
  const { ui } = room;
  const open = useUi((u) => u.bulk === kind);
  const busy = useUi((u) => u.bulkBusy);
  const id = useId();
  const Panel = PANELS[kind];
  const close = () => {
    if (ui.getState().bulk === kind) ui.setState({ bulk: null });
  };
  return (
    <Popover
      opened={open}
      onChange={(o) => !o && close()}
      onDismiss={close}
      position="top"
      width={280}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <button
          type="button"
          className={s.act}
          disabled={busy}
          aria-expanded={open}
          onClick={() => ui.setState({ bulk: open ? null : kind })}
        >
          {icon}
          {t(`bulk.${kind}`)}
          {of && <OwnKey of={of} />}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-labelledby={id} className={m.panel}>
        <h2 className={m.title} id={id}>
          {t(`bulk.panel.${kind}`, { n: selectedNow(room).length })}
        </h2>
        {open && <Panel onClose={close} />}
        {(kind === 'assign' || kind === 'labels') && (
          <div className={m.foot}>
            <button type="button" className="btn line sm" onClick={close}>
              {board('board.done')}
            </button>
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
