import type { Discipline } from '../../../api/types';
import { AgeBars } from '../../../ui/Age';
import { Beam } from '../../../ui/Beam';
import { DiscIcon } from '../../../ui/DiscIcon';
import { Go } from '../../../ui/Go';
import { t } from './messages';
import type { WallBoard, WallColumn } from './types';

export const boardPath = (id: string, search = ''): string => `/b/${id}${search && `?${search}`}`;

/** A column's name, how full it is, and the same as a beam. */
export function Column({ column, height }: { column: WallColumn; height: number }) {
  const max = column.max ?? undefined;
  const min = column.min ?? undefined;
  return (
    <li className="wl-col" data-s={column.state}>
      <span className="sr">
        {t(max ? 'wall.column.of' : 'wall.column', { name: column.name, n: column.count, max: max ?? 0 })}
        {column.state === 'over' && t('wall.column.over')}
        {column.state === 'starved' && t('wall.column.starved', { min: min ?? 0 })}
      </span>
      <span className="wl-col-head" aria-hidden="true">
        <span title={column.name}>{column.name}</span>
        <b>{max ? `${column.count}/${max}` : column.count}</b>
      </span>
      <Beam mix={column.mix} max={max} min={column.state === 'starved' ? min : undefined} height={height} />
    </li>
  );
}

/** Ten marks, the last one today. */
export function Marks({ over }: { over: WallBoard['over'] }) {
  return (
    <svg className="wl-marks" viewBox="0 0 99 14" aria-hidden="true">
      {over.marks.map((on, i) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: ten days in their order
          key={i}
          x={i * 10 + 0.75}
          y={0.75}
          width={7.5}
          height={12.5}
          rx={1.5}
          fill={on ? 'var(--bad)' : 'none'}
          stroke={on ? 'var(--bad)' : 'var(--line-2)'}
        />
      ))}
    </svg>
  );
}

export function Disciplines({ board }: { board: WallBoard }) {
  return board.mix.map((m) => (
    <span key={m.discipline} className="wl-disc">
      <DiscIcon d={m.discipline as Discipline} size={15} decorative />
      {t(`wall.disc.${m.discipline}`, { n: m.n })}
    </span>
  ));
}

/** "11 d of 9 TRS-319": the oldest card against what is expected of it. */
export function Oldest({ board }: { board: WallBoard }) {
  const o = board.oldest;
  if (!o) return <span className="quiet">{t('wall.oldest.none')}</span>;
  return (
    <Go to={boardPath(board.id, `card=${o.key}`)} className="wl-oldest">
      <AgeBars level={o.level as 0 | 1 | 2 | 3} height={13} />
      <b data-over={o.over || undefined}>{t('wall.days', { n: o.days })}</b>
      {!!o.sleDays && <span>{t('wall.oldest.of', { n: o.sleDays })}</span>}
      <code>{o.key}</code>
    </Go>
  );
}
