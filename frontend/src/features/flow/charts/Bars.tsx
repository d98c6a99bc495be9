import type { Behind } from './model';
import type { Row } from './rows';

export interface Bar extends Row {
  key: string;
  behind?: Behind;
}

interface Props {
  list: readonly Bar[];
  wide?: boolean;
  onOpen: (behind: Behind) => void;
}

/** Bars with their names before and their numbers behind them; a bar with cards behind it opens them. */
export function Bars({ list, wide, onOpen }: Props) {
  return (
    <ul className="fl-bars" data-wide={wide || undefined}>
      {list.map(({ key, name, share, second, tick, words, tone, behind }) => {
        const inner = (
          <>
            <span className="fl-bars-name">{name}</span>
            <span className="fl-bars-bar" aria-hidden="true">
              <i data-t={tone} style={{ width: `${Math.max(share > 0 ? 0.8 : 0, share * 100)}%` }} />
              {tick !== undefined && <i data-tick="" style={{ left: `${tick * 100}%` }} />}
              {second !== undefined && <i data-second="" style={{ width: `${second * 100}%` }} />}
            </span>
            <span className="fl-bars-words num">{words}</span>
          </>
        );
        return (
          <li key={key}>
            {behind ? (
              <button type="button" onClick={() => onOpen(behind)}>
                {inner}
              </button>
            ) : (
              <span>{inner}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
