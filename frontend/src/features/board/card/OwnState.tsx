import { Waypoints } from 'lucide-react';
import type { Face, MirrorView } from '../../../api/types';
import type { Clock } from '../../../lib/age';
import { t } from '../messages';
import s from './card.module.css';

/** "mirror" in place of a clock: the card is worked on elsewhere. */
export function MirrorMark({ card, counted }: { card: Face; counted?: boolean }) {
  const m = card.mirror!;
  const words = t(counted ? 'board.mirrorTitleCounted' : 'board.mirrorTitle', {
    board: `${m.teamName} · ${m.boardName}`,
  });
  return (
    <span className={s.clock} data-quiet="" title={words}>
      <Waypoints size={13} aria-hidden />
      <span aria-hidden="true">{t('board.mirror')}</span>
      <span className="sr">{words}</span>
    </span>
  );
}

/** How the card stands on its own board: "Platform · In Review, 4 d". */
export function OwnState({ mirror: m, clock: k }: { mirror: MirrorView; clock: Clock }) {
  const what = { team: m.teamName, column: m.columnName, n: k.word === 'none' ? 0 : k.days };
  const words =
    k.word === 'age'
      ? t('board.mirrorAge', what)
      : k.word === 'done'
        ? t('board.mirrorDone', what)
        : t('board.mirrorState', what);
  return (
    <span className={s.own} title={words}>
      {m.teamName} <span aria-hidden="true">·</span>{' '}
      <b>
        {k.word === 'done'
          ? t('board.mirrorDoneShort', what)
          : k.word === 'age'
            ? t('board.mirrorAgeShort', what)
            : t('board.mirrorIn', what)}
      </b>
    </span>
  );
}
