import type { Discipline } from '../../../api/types';
import { DiscIcon } from '../../../ui/DiscIcon';

export interface Line {
  id: string;
  key: string;
  title: string;
  icon?: Discipline;
  side?: string;
  /** Below the title. */
  more?: string;
}

const SHOWN = 3;

/** Beside the picture: what comes next, or what came of it; three at most. */
export function Upcoming({
  title,
  side,
  none,
  items,
}: {
  title: string;
  side: string;
  none: string;
  items: readonly Line[];
}) {
  return (
    <section className="tv-next" aria-label={title}>
      <h3>
        {title} <span>{side}</span>
      </h3>
      {items.length === 0 ? (
        <div className="tv-last">
          <p>{none}</p>
        </div>
      ) : (
        <ol>
          {items.slice(0, SHOWN).map((x) => (
            <li key={x.id}>
              {x.icon ? <DiscIcon d={x.icon} size={52} decorative /> : <span />}
              <div>
                <small>
                  <span className="k">{x.key}</span>
                  <i>{x.side}</i>
                </small>
                <strong className="rt-two">{x.title}</strong>
                {x.more && <small>{x.more}</small>}
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
