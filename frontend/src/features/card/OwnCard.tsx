import type { Face } from '../../api/types';
import { type BoardStore, StoreProvider, useCard, useOpenBoard, useStatus } from '../../live';
import { CardView, type CardViewProps } from './CardView';
import css from './card.module.css';
import type { CardRights } from './context';
import { t } from './messages';
import { Loading, NoBoard, NoCard } from './States';
import { type DetailState, useDetail } from './use-detail';

type Props = Omit<CardViewProps, 'store' | 'face' | 'state' | 'rights'> & {
  rightsIn: (teamId: string) => CardRights;
  /** The mirror, as the open board shows it. */
  mirror: Face;
  /** The column in which it stands on the open board. */
  columnName: string;
};

/** Opening a mirror opens the card itself, on the board that it belongs to, with that board's columns and rights. */
export function OwnCard(props: Props) {
  const first = useDetail(props.mirror.id, undefined);
  const store = useOpenBoard(first.detail?.card.boardId);
  const m = props.mirror.mirror;
  if (!first.detail && first.error)
    return (
      <div className={css.body}>
        <p className={css.note}>
          {t('card.mirrorShut', { team: m?.teamName ?? '', board: m?.boardName ?? '' })}
        </p>
        <NoCard cardKey={props.mirror.key} error={first.error} again={first.again} />
      </div>
    );
  if (!first.detail || !store)
    return (
      <div className={css.body}>
        <Loading />
      </div>
    );
  return (
    <StoreProvider store={store}>
      <Ready {...props} store={store} first={first} />
    </StoreProvider>
  );
}

function Ready({
  store,
  first,
  mirror,
  columnName,
  rightsIn,
  ...rest
}: Props & { store: BoardStore; first: DetailState }) {
  const { id } = mirror;
  const state = useDetail(id, store);
  const detail = state.detail ?? first.detail!;
  const face = useCard(id);
  const status = useStatus();
  if (status !== 'ready')
    return (
      <div className={css.body}>
        {status === 'loading' ? <Loading /> : <NoBoard store={store} cardKey={mirror.key} />}
      </div>
    );
  return (
    <CardView
      {...rest}
      store={store}
      face={face ?? detail.card}
      state={{ ...state, detail }}
      rights={rightsIn(detail.card.teamId)}
      above={
        <p className={css.mirrorOf}>
          {t('card.mirrorOf', {
            team: mirror.mirror?.teamName ?? '',
            board: mirror.mirror?.boardName ?? '',
            column: columnName,
          })}
        </p>
      }
    />
  );
}
