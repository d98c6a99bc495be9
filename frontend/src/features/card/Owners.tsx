import { useState } from 'react';
import { usePeople } from '../../live';
import { Avatar } from '../../ui/Avatar';
import css from './card.module.css';
import { usePatch, useRoom } from './context';
import { Opening } from './Facts';
import { t } from './messages';

const SEARCH_FROM = 8;

export function Owners() {
  const { face } = useRoom();
  const people = usePeople();
  const patch = usePatch();
  const [find, setFind] = useState('');
  const toggle = (id: string) => {
    const ownerIds = face.ownerIds.includes(id)
      ? face.ownerIds.filter((x) => x !== id)
      : [...face.ownerIds, id];
    void patch({ ownerIds }, t('card.owners'));
  };
  const wanted = find.trim().toLocaleLowerCase();
  const list = [...people.values()]
    .filter((p) => (p.active || face.ownerIds.includes(p.id)) && p.name.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name));
  const shown = face.ownerIds.length ? (
    face.ownerIds.map((id) => {
      const person = people.get(id);
      return (
        <span key={id} className={css.with}>
          <Avatar person={person ?? { name: t('card.someone'), hue: 6 }} decorative />
          {person?.name ?? t('card.someone')}
        </span>
      );
    })
  ) : (
    <span className={css.quiet}>{t('card.nobody')}</span>
  );
  return (
    <Opening name={t('card.owners')} shown={shown}>
      {people.size > SEARCH_FROM && (
        <input
          type="search"
          className="input sm"
          aria-label={t('card.findPerson')}
          placeholder={t('card.findPerson')}
          value={find}
          onChange={(e) => setFind(e.target.value)}
        />
      )}
      <fieldset className={css.checks}>
        <legend className="sr">{t('card.owners')}</legend>
        {list.map((p) => (
          <label key={p.id}>
            <input type="checkbox" checked={face.ownerIds.includes(p.id)} onChange={() => toggle(p.id)} />
            <Avatar person={p} decorative /> {p.name}
          </label>
        ))}
      </fieldset>
    </Opening>
  );
}
