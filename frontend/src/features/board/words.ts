import { type CardClass, type CardType, DISCIPLINES, type Discipline } from '../../api/types';
import { disciplineName } from '../../ui/messages';
import { t } from './messages';
import type { GroupNames } from './model/groups';
import type { BoardView } from './view';

/** Short names of the three leading disciplines, as the chips say them. */
export const discShort = (d: Discipline): string =>
  d === 'development' ? t('board.dev') : d === 'operations' ? t('board.ops') : disciplineName(d);
export const className = (c: CardClass): string => t(`board.class.${c}`);
export const typeName = (x: CardType): string => t(`board.type.${x}`);

const isDiscipline = (id: string): id is Discipline => (DISCIPLINES as readonly string[]).includes(id);
const CLASS = ['expedite', 'fixed_date', 'standard', 'intangible'];

export const groupNames: GroupNames = {
  of: (id) =>
    isDiscipline(id)
      ? disciplineName(id)
      : CLASS.includes(id)
        ? className(id as CardClass)
        : typeName(id as CardType),
  get noLane() {
    return t('board.noLane');
  },
  get noOwner() {
    return t('board.noOwner');
  },
  get noLabel() {
    return t('board.noLabel');
  },
  get noParent() {
    return t('board.noParent');
  },
};

/** "Owner Bo Lind", "Operations", "No label": what being in a row makes of a card. */
export function rowSaid(view: Pick<BoardView, 'by' | 'rows'>, row: string): string {
  const by = view.by();
  const name = view.rows().find((r) => r.id === row)?.name ?? '';
  return by === 'none' || row === '' ? name : t(`board.rowSaid.${by}`, { name });
}
