import { Menu } from '@mantine/core';
import {
  Archive,
  ArrowRight,
  Hand,
  Link2,
  OctagonX,
  PanelRight,
  Pencil,
  SquareCheck,
  Tag,
  Unlink,
  UserRound,
  Waypoints,
  Zap,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Face } from '../../../api/types';
import { wish } from '../../../lib/wish';
import { OwnKey } from '../../../ui/Kbd';
import { copyLink } from '../card/CardTop';
import { useColumns, useRoom } from '../context';
import { seat } from '../focus';
import { t } from '../messages-dialogs';
import { toggleSelected } from '../select';
import type { CardMenu } from '../ui-state';
import { saidVerdict } from '../verdicts';
import { inStrip } from '../view';
import s from './menus.module.css';

/** The quick menu: where to, then what else. Each item names its key. */
export function CardMenuItems({ card, onClose }: { card: Face; onClose: () => void }) {
  const room = useRoom();
  const { ui, view, store, mover, actions, setSearch, me } = room;
  const columns = useColumns();
  const spot = view.spotOf(card.id);
  const row = spot && !spot.strip ? spot.row : (view.rowIds[0] ?? '*');
  const strip = inStrip(card);
  const then = (run: () => void) => () => {
    onClose();
    run();
  };
  const panel = (kind: CardMenu) => () => {
    const { menu } = ui.getState();
    if (menu) ui.setState({ menu: { ...menu, kind } });
  };
  const to = (columnId: string) => {
    const target = { columnId, row, strip };
    const index = view.cell(target).filter((x) => x !== card.id).length;
    void mover.move(card.id, { ...target, index }).then(() => seat(room, card.id));
  };
  const item = (icon: ReactNode, label: string, key: string, run: () => void, colour?: string) => (
    <Menu.Item leftSection={icon} rightSection={key && <OwnKey of={key} />} onClick={run} color={colour}>
      {label}
    </Menu.Item>
  );
  const open = item(
    <PanelRight size={15} />,
    t('board.open'),
    'Enter',
    then(() => setSearch({ card: card.key })),
  );
  const link = item(
    <Link2 size={15} />,
    t('board.copyLink'),
    '',
    then(() => void copyLink(card.key)),
  );
  if (!room.canWork())
    return (
      <>
        {open}
        {link}
      </>
    );
  const mine = card.ownerIds.includes(me().person.id);
  // The kit would choose the first item, which cannot take the focus while the card is in the first column.
  const first = columns.find((c) => c.id !== card.columnId);
  return (
    <>
      <Menu.Label>{t('board.moveTo')}</Menu.Label>
      {columns.map((c) => {
        const here = c.id === card.columnId;
        const verdict = here
          ? undefined
          : saidVerdict(store, card, { columnId: c.id, row, strip }, view.by() === 'lanes');
        return (
          <Menu.Item
            key={c.id}
            leftSection={<ArrowRight size={15} aria-hidden />}
            disabled={here}
            data-autofocus={c === first || undefined}
            onClick={then(() => to(c.id))}
            rightSection={
              here ? (
                <span className={s.note}>{t('board.here')}</span>
              ) : (
                verdict && (
                  <span className={s.note} data-tone={verdict.tone} title={verdict.text}>
                    {verdict.short}
                  </span>
                )
              )
            }
          >
            {c.name}
          </Menu.Item>
        );
      })}
      {item(<span className={s.blank} />, t('board.otherPlace'), 'm', panel('move'))}
      <Menu.Divider />
      {open}
      {card.mirror ? (
        <>
          {link}
          <Menu.Divider />
          {item(
            <Unlink size={15} />,
            t('board.unmirror'),
            '#',
            then(() => void actions.archive(card)),
          )}
        </>
      ) : (
        <>
          {item(
            <Pencil size={15} />,
            t('board.rename'),
            't',
            then(() => ui.setState({ editing: card.id })),
          )}
          {item(<UserRound size={15} />, t('board.assignDots'), 'a', panel('assign'))}
          {item(
            <Hand size={15} />,
            mine ? t('board.leave') : t('board.take'),
            'i',
            then(() => void actions.toggleMe(card)),
          )}
          {item(<Tag size={15} />, t('board.labelsDots'), 'l', panel('labels'))}
          {!card.finishedAt &&
            item(
              <Zap size={15} />,
              strip ? t('board.demote') : t('board.makeExpedite'),
              'e',
              then(() => void actions.toggleExpedite(card)),
            )}
          {item(
            <OctagonX size={15} />,
            card.blockers.length ? t('board.blockersDots') : t('board.blockDots'),
            'b',
            then(() => ui.setState({ dialog: { kind: 'block', id: card.id } })),
          )}
          {link}
          {item(
            <Waypoints size={15} />,
            t('board.mirrorDots'),
            '',
            then(() => {
              wish('mirror', card.key);
              setSearch({ card: card.key });
            }),
          )}
          {item(
            <SquareCheck size={15} />,
            t(ui.getState().selected.has(card.id) ? 'board.unselect' : 'board.select'),
            'x',
            then(() => toggleSelected(room, card.id)),
          )}
          <Menu.Divider />
          {item(
            <Archive size={15} />,
            t('board.archive'),
            '#',
            then(() => void actions.archive(card)),
            'var(--bad)',
          )}
        </>
      )}
    </>
  );
}
