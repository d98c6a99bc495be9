import { Bell, BellOff } from 'lucide-react';
import { useState } from 'react';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { usePeople } from '../../live';
import { Avatar } from '../../ui/Avatar';
import css from './card.module.css';
import { attempt, useRoom } from './context';
import { Fact } from './Facts';
import { tf } from './messages-full';

/** Whether one hears of this card; everybody who sees it may. */
export function Watch() {
  const { face, detail, me, again } = useRoom();
  const [sent, setSent] = useState<boolean>();
  if (!detail || !me.id) return null;
  const on = sent ?? detail.watching;
  const toggle = () => {
    setSent(!on);
    void attempt(api.put(`/cards/${face.id}/watch`, { watching: !on })).then((kept) => {
      if (kept) announce(tf(on ? 'card.unwatched' : 'card.watched', { key: face.key }));
      again();
      setTimeout(() => setSent(undefined), 600);
    });
  };
  const label = tf(on ? 'card.watching' : 'card.watch');
  const Sign = on ? Bell : BellOff;
  return (
    <button
      type="button"
      className="btn ghost sm icon"
      aria-pressed={on}
      aria-label={tf('card.watchThis')}
      title={label}
      onClick={toggle}
    >
      <Sign size={15} aria-hidden />
    </button>
  );
}

const FACES = 4;

/** Who hears of this card. */
export function Watchers() {
  const { detail } = useRoom();
  const people = usePeople();
  const known = (detail?.watchers ?? []).flatMap((id) => people.get(id) ?? []);
  if (known.length === 0) return null;
  const more = known.length - FACES;
  return (
    <Fact name={tf('card.watchers')}>
      {known.slice(0, FACES).map((p) => (
        <span key={p.id} className={css.with}>
          <Avatar person={p} decorative />
          {p.name}
        </span>
      ))}
      {more > 0 && <span className={css.quiet}>{tf('card.watchersMore', { n: more })}</span>}
    </Fact>
  );
}
