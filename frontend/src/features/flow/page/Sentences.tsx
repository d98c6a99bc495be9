import { Link } from '@tanstack/react-router';
import { t } from '../messages';
import type { Sentence } from '../types';
import { useFlow } from './context';

/** What to know first, each with the cards that it is about. */
export function Sentences({ list }: { list: readonly Sentence[] }) {
  const { open } = useFlow();
  return (
    <ol className="fl-says" aria-label={t('fl.says')}>
      {list.map((s) => (
        <li key={s.kind} data-n={list.length}>
          {s.parts.map((p, i) => {
            const key = `${i} ${p.text}`;
            if (p.cards?.length === 1)
              return (
                <Link key={key} to="/c/$key" params={{ key: p.cards[0]! }}>
                  {p.text}
                </Link>
              );
            if (p.cards?.length)
              return (
                <button key={key} type="button" onClick={() => open({ title: p.text, keys: p.cards })}>
                  {p.text}
                </button>
              );
            return i === 0 ? <b key={key}>{p.text}</b> : <span key={key}>{p.text}</span>;
          })}
        </li>
      ))}
    </ol>
  );
}
