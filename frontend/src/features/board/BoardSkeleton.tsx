import { AfterAWhile, Bone } from '../../ui/Skeleton';
import s from './board.module.css';
import { t } from './messages';

const COLUMNS = [5, 3, 4, 4, 2, 3];

/** The board's own geometry in grey, and only when the wait is noticed. */
export function BoardSkeleton() {
  return (
    <AfterAWhile>
      <div className={s.page} aria-busy="true">
        <p className="sr">{t('board.loading')}</p>
        <div className={s.boneTools}>
          {[70, 68, 92, 58, 76, 64].map((w) => (
            <Bone key={w} width={w} height={28} radius={99} />
          ))}
        </div>
        <div className={s.board}>
          <div className={s.row} style={{ gridTemplateColumns: `repeat(${COLUMNS.length}, minmax(0, 1fr))` }}>
            {COLUMNS.map((n, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nothing here ever changes
              <div key={i} className={s.boneColumn}>
                <div className={s.boneHead}>
                  <Bone width="46%" height={13} />
                  <Bone width="100%" height={9} />
                </div>
                {Array.from({ length: n }, (_, k) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: nothing here ever changes
                  <div key={k} className={s.boneCard}>
                    <Bone width="55%" />
                    <Bone width="88%" height={13} />
                    <Bone width="34%" />
                  </div>
                ))}
              </div>
            ))}
          </div>
        </div>
      </div>
    </AfterAWhile>
  );
}
