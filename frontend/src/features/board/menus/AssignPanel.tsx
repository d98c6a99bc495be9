import { useMemo, useState } from 'react';
import type { Face } from '../../../api/types';
import { Avatar } from '../../../ui/Avatar';
import { DiscIcon } from '../../../ui/DiscIcon';
import { usePeople, useRoom } from '../context';
import { t } from '../messages-dialogs';
import { toggled } from '../model/filter';
import s from './menus.module.css';

/** Who is on it. Each tick is sent at once; the first one is the face on the card. */
export function AssignPanel({ card, onClose }: { card: Face; onClose: () => void }) {
  const { actions, me } = useRoom();
  const people = usePeople();
  const [text, setText] = useState('');
  const meId = me().person.id;
  const found = useMemo(() => {
    const want = text.trim().toLocaleLowerCase();
    return [...people.values()]
      .filter((p) => (p.active || card.ownerIds.includes(p.id)) && p.name.toLocaleLowerCase().includes(want))
      .sort((a, b) => Number(b.id === meId) - Number(a.id === meId) || a.name.localeCompare(b.name));
  }, [people, text, card.ownerIds, meId]);
  return (
    <div className={s.form}>
      <input
        className="input sm"
        type="search"
        data-autofocus
        value={text}
        placeholder={t('board.findPerson')}
        aria-label={t('board.findPerson')}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={(e) => {
          if (e.key !== 'Enter' || !found[0]) return;
          e.preventDefault();
          void actions.setOwners(card, toggled(card.ownerIds, found[0].id) ?? []);
          onClose();
        }}
      />
      <ul className={s.checks}>
        {found.map((p) => (
          <li key={p.id}>
            <label>
              <input
                type="checkbox"
                checked={card.ownerIds.includes(p.id)}
                onChange={() => void actions.setOwners(card, toggled(card.ownerIds, p.id) ?? [])}
              />
              <Avatar person={p} size={22} decorative />
              <span className={s.grow}>{p.id === meId ? t('board.meName', { name: p.name }) : p.name}</span>
              <DiscIcon d={p.discipline} size={14} />
            </label>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={s.none}>{t('board.nobodyFound')}</p>}
    </div>
  );
}
