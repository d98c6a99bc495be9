import { Link } from '@tanstack/react-router';
import { CloudOff, Lock, Play } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { toastError } from '../../lib/notify';
import { useTabTitle } from '../../lib/page';
import { relative } from '../../lib/time';
import { useNow } from '../../lib/use-now';
import { type BoardStore, useConnection, useOpenBoard } from '../../live';
import { useBoardFacts } from '../../live/board-facts';
import { EmptyState } from '../../ui/EmptyState';
import * as acts from './acts';
import { InWriting } from './InWriting';
import { t } from './messages';
import { Remote } from './remote/Remote';
import { nextWords } from './screen/Radiator';
import type { Named, StandupView } from './types';
import { useJoin, useStandup } from './use-standup';

interface Props {
  seriesId: string;
  me: Named;
  mayDrive: (teamId: string) => boolean;
  /** The board's own dialogs for blocking and moving a card. */
  hands: (
    store: BoardStore,
    wanted: { what: 'block' | 'move'; cardId: string } | undefined,
    done: () => void,
  ) => ReactNode;
  onFollow: (boardId: string) => void;
}

/** So long after a standup its summary is what one is likely to look for, not the next start. */
const JUST_MS = 3_600_000;

/** A phone in the hand of whoever leads through the walk. */
export function RemotePage({ seriesId, me, mayDrive, hands, onFollow }: Props) {
  const standup = useStandup(seriesId);
  const { view, act } = standup;
  const store = useOpenBoard(view?.series.boardId);
  const ready = useBoardFacts(store);
  const connection = useConnection();
  const now = useNow();
  const [wanted, setWanted] = useState<{ what: 'block' | 'move'; cardId: string }>();
  const done = useCallback(() => setWanted(undefined), []);
  const said = useOthers(standup.view, standup.heard, me.id, store);
  useTabTitle(view ? `${t('rm.title')}, ${view.series.name}` : t('rm.title'));
  const [asks, setAsks] = useState(false);
  const start = () => {
    setAsks(false);
    void api.post<StandupView>('/standups', { seriesId }).then(standup.take, (e) => toastError(e));
  };
  const drives = Boolean(view && mayDrive(view.series.teamId));
  useJoin(standup, drives);
  const meetingId = view?.meeting?.id;
  const alone = view?.meeting && !view.meeting.driver;
  // Once for each meeting; later taking over is a tap.
  const began = useRef<string>(undefined);
  useEffect(() => {
    if (!drives || !meetingId || began.current === meetingId) return;
    began.current = meetingId;
    if (alone) act((v) => acts.drive(v, me));
  }, [drives, meetingId, alone, act, me]);

  if (!view || !store || !ready)
    return (
      <Idle>
        <Waiting status={view ? 'loading' : standup.status} again={standup.again} />
      </Idle>
    );
  if (!drives)
    return (
      <Idle>
        <EmptyState
          icon={<Lock size={28} />}
          title={t('rm.notYours')}
          action={
            <button type="button" className="btn big" onClick={() => onFollow(view.series.boardId)}>
              {t('su.toBoard')}
            </button>
          }
        >
          {t('rm.notYoursText')}
        </EmptyState>
      </Idle>
    );
  if (!view.meeting) {
    const last = view.last && now - Date.parse(view.last.endedAt) < JUST_MS ? view.last : undefined;
    return (
      <Idle>
        <EmptyState
          icon={<Play size={28} />}
          title={t('rm.none')}
          action={
            <div className="rm-over">
              {last && (
                <Link
                  to="/standup/$series/summary/$meeting"
                  params={{ series: seriesId, meeting: last.id } as never}
                  className="btn big"
                >
                  {t('rm.summary')}
                </Link>
              )}
              <button
                type="button"
                className={last ? 'btn line big' : 'btn big'}
                onClick={() => (view.series.mode === 'async' ? setAsks(true) : start())}
              >
                {t('rm.start')}
              </button>
            </div>
          }
        >
          {last && `${t('rm.over', { when: relative(last.endedAt, now), minutes: last.minutes })} `}
          {view.series.nextAt
            ? t('rm.nextAt', { when: nextWords(view.series.nextAt, now) })
            : t('rm.noneText')}
        </EmptyState>
        {asks && <InWriting onStart={start} onClose={() => setAsks(false)} />}
      </Idle>
    );
  }
  return (
    <main>
      <Remote
        standup={standup}
        view={view}
        board={store}
        connection={connection}
        now={now}
        me={me}
        said={said}
        onBlock={(cardId) => setWanted({ what: 'block', cardId })}
        onMove={(cardId) => setWanted({ what: 'move', cardId })}
        onNote={(cardId, text) => {
          announce(t('rm.noted'));
          store.comment(cardId, text).catch((e) => toastError(e));
        }}
      />
      {hands(store, wanted, done)}
    </main>
  );
}

function Idle({ children }: { children: ReactNode }) {
  return <main className="rm-idle">{children}</main>;
}

function Waiting({ status, again }: { status: string; again: () => void }) {
  if (status === 'loading') return <p role="status">{t('su.opening')}</p>;
  const error = status === 'error';
  return (
    <EmptyState
      icon={<CloudOff size={28} />}
      title={t(error ? 'su.away' : 'su.missing')}
      action={
        error && (
          <button type="button" className="btn big" onClick={again}>
            {t('su.again')}
          </button>
        )
      }
    >
      {t(error ? 'su.awayText' : 'su.missingText')}
    </EmptyState>
  );
}

const SAID_MS = 4_000;
/** "Bo pressed Next": what another remote did a moment ago. */
function useOthers(
  view: StandupView | undefined,
  heard: { type: string; actorId?: string } | undefined,
  me: string,
  store: BoardStore | undefined,
): string | undefined {
  const [said, setSaid] = useState<string>();
  const was = useRef<number>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const at = view?.meeting?.at;
  useEffect(() => {
    const before = was.current;
    was.current = at;
    if (at === undefined || before === undefined || before === at) return;
    clearTimeout(timer.current);
    const other = heard?.type === 'standup.advanced' && heard.actorId !== me && heard.actorId;
    const name = other && store?.people().get(other)?.name.split(' ')[0];
    setSaid(name ? t(at > before ? 'rm.pressedNext' : 'rm.pressedBack', { name }) : undefined);
    if (name) timer.current = setTimeout(() => setSaid(undefined), SAID_MS);
  }, [at, heard, me, store]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return said;
}
