import { sleFor } from '../../../lib/age';
import type { BoardSearch, Quick } from '../../../lib/search';
import { useBoard, useFacts, useRoom } from '../context';
import { t } from '../messages';
import { toggled } from '../model/filter';
import s from './toolbar.module.css';

/** "WIP 16 · 2 blocked · 4 aging · SLE 85 % ≤ 9 d": each of them filters. */
export function Facts({ search }: { search: BoardSearch }) {
  const { setSearch } = useRoom();
  const board = useBoard();
  const f = useFacts();
  const sle = sleFor(board, 'standard');
  const fact = (q: Quick, before: string, n: number, after: string, name: string) => (
    <button
      type="button"
      className={s.fact}
      aria-pressed={search.quick?.includes(q) ?? false}
      aria-label={name}
      title={name}
      onClick={() => setSearch({ quick: toggled(search.quick, q) })}
    >
      {before}
      <b>{n}</b>
      {after}
    </button>
  );
  return (
    <fieldset className={s.facts} aria-label={t('board.facts')}>
      {fact('wip', `${t('board.wip')} `, f.wip, '', t('board.wipName', { n: f.wip }))}
      <i aria-hidden="true">·</i>
      {fact('blocked', '', f.blocked, ` ${t('board.blockedWord')}`, t('board.blockedName', { n: f.blocked }))}
      <i aria-hidden="true">·</i>
      {fact('aging', '', f.aging, ` ${t('board.agingWord')}`, t('board.agingName', { n: f.aging }))}
      {sle && (
        <>
          <i aria-hidden="true">·</i>
          <button
            type="button"
            className={s.fact}
            aria-pressed={search.quick?.includes('over') ?? false}
            aria-label={t(sle.guess ? 'board.sleGuessName' : 'board.sleName', {
              percent: sle.percent,
              days: sle.days,
              over: f.over,
              n: sle.n,
            })}
            title={t(sle.guess ? 'board.sleGuessTitle' : 'board.sleTitle', {
              percent: sle.percent,
              days: sle.days,
              n: sle.n,
            })}
            onClick={() => setSearch({ quick: toggled(search.quick, 'over') })}
          >
            {t('board.sle')} <b>{t('board.sleShort', { percent: sle.percent, days: sle.days })}</b>
            {sle.guess && <em>{t('board.guess')}</em>}
          </button>
        </>
      )}
    </fieldset>
  );
}
