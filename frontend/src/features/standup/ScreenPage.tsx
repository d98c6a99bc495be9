import { CloudOff, MonitorPlay } from 'lucide-react';
import { useState } from 'react';
import { useKeys } from '../../lib/keys';
import { useTabTitle } from '../../lib/page';
import { useNoScroll } from '../../lib/use-no-scroll';
import { useNow } from '../../lib/use-now';
import { useAwake, useWakeLock } from '../../lib/use-wake';
import { useConnection, useOpenBoard } from '../../live';
import { useBoardFacts } from '../../live/board-facts';
import { EmptyState } from '../../ui/EmptyState';
import * as acts from './acts';
import { t } from './messages';
import { WhoSheet } from './remote/WhoSheet';
import { Chrome } from './screen/Chrome';
import { Screen } from './screen/Screen';
import { useJoin, useStandup } from './use-standup';

interface Props {
  seriesId: string;
  /** Whether whoever sits here may drive the walk of a team; a screen on the wall may not. */
  mayDrive?: (teamId: string) => boolean;
  /** Back to where the page came from; absent on a wall. */
  onLeave?: (boardId: string) => void;
  onSettle?: () => void;
  onRemote?: () => void;
}

/** The address of a television, and what Present shows on a laptop. */
export function ScreenPage({ seriesId, mayDrive, onLeave, onSettle, onRemote }: Props) {
  const standup = useStandup(seriesId);
  useJoin(standup, onLeave !== undefined);
  const { view } = standup;
  const store = useOpenBoard(view?.series.boardId);
  const ready = useBoardFacts(store);
  const connection = useConnection();
  const now = useNow();
  const [awake, stir] = useAwake();
  const [anyway, setAnyway] = useState(false);
  const [who, setWho] = useState(false);
  useWakeLock();
  useTabTitle(view?.series.name ?? t('su.title'));
  const drives = Boolean(view && mayDrive?.(view.series.teamId));
  const { act } = standup;
  const boardId = view?.series.boardId ?? '';
  useKeys(
    t('su.title'),
    drives
      ? [
          {
            keys: ['Space', 'ArrowRight', 'PageDown'],
            label: t('su.key.next'),
            run: () => act((v) => acts.forward(v)),
          },
          { keys: ['ArrowLeft', 'PageUp'], label: t('su.key.back'), run: () => act(acts.back) },
          { keys: 'Escape', label: t('su.key.leave'), run: () => onLeave?.(boardId) },
        ]
      : [],
  );
  useNoScroll();
  if (!view || !store || !ready)
    return (
      <div className="tv tv-wait" data-mantine-color-scheme="dark">
        <main>
          <Trouble status={view ? (store?.status() ?? 'loading') : standup.status} />
        </main>
      </div>
    );
  if (onRemote && !anyway && window.matchMedia('(max-width: 640px)').matches)
    return (
      <main className="rm-idle">
        <EmptyState
          icon={<MonitorPlay size={28} />}
          title={t('su.phone.title')}
          action={
            <>
              <button type="button" className="btn big" onClick={onRemote}>
                {t('su.phone.remote')}
              </button>
              <button type="button" className="btn line big" onClick={() => setAnyway(true)}>
                {t('su.phone.anyway')}
              </button>
            </>
          }
        >
          {t('su.phone.text')}
        </EmptyState>
      </main>
    );
  return (
    <div onPointerMove={onLeave && stir} onPointerDown={onLeave && stir}>
      <Screen
        view={view}
        board={store}
        connection={connection}
        now={now}
        remoteUrl={`${window.location.origin}/standup/${seriesId}/remote`}
        awake={awake}
        chrome={
          awake && onLeave ? (
            <Chrome
              view={view}
              drives={drives}
              act={act}
              onLeave={() => onLeave(boardId)}
              onSettle={onSettle}
              onWho={() => setWho(true)}
            />
          ) : undefined
        }
      />
      {who && view.meeting && (
        <WhoSheet
          teamId={view.series.teamId}
          meeting={view.meeting}
          act={act}
          onClose={() => setWho(false)}
        />
      )}
    </div>
  );
}

function Trouble({ status }: { status: string }) {
  if (status === 'loading') return <p role="status">{t('su.opening')}</p>;
  const [title, text] =
    status === 'error' ? [t('su.away'), t('su.awayText')] : [t('su.missing'), t('su.missingText')];
  return (
    <>
      <CloudOff size="1.4em" aria-hidden />
      <p>{title}</p>
      <small>{text}</small>
    </>
  );
}
