import { Link } from '@tanstack/react-router';
import { ChevronRight, CloudOff, CloudUpload } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { announce } from '../../lib/announce';
import { PageTitle, Top } from '../../lib/page';
import { useMe } from '../../lib/session';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { EmptyState } from '../../ui/EmptyState';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { Anonymity } from './Anonymity';
import { keepHalfWritten } from './late';
import { t } from './messages';
import { Checkin } from './phases/Checkin';
import { CloseRetro } from './phases/CloseRetro';
import { Commit } from './phases/Commit';
import { Discuss } from './phases/Discuss';
import { Groups } from './phases/Groups';
import { LastActions } from './phases/LastActions';
import { Notes } from './phases/Notes';
import { Published } from './phases/Published';
import { Votes } from './phases/Votes';
import './retro.css';
import { RoomContext } from './room';
import { Side } from './Side';
import { Strip } from './Strip';
import type { Phase, RetroView } from './types';
import { type Retro, useRetro } from './use-retro';
import { isRevealed, mayLook, turnWord } from './words';

/** A retro, wherever it stands; everybody is where who leads it is, and may look back. */
export function RetroPage({ retroId, state }: { retroId: string; state?: ReactNode }) {
  const retro = useRetro(retroId);
  const me = useMe().person.id;
  const { view } = retro;
  const gone =
    retro.status === 'missing' || (retro.status === 'forbidden' && view?.retro.phase !== 'published');
  if (!view || gone)
    return (
      <div className="page">
        <PageTitle title={t('rt.title')} />
        <Top place="state">{state}</Top>
        {retro.status === 'loading' ? <Waiting /> : <Broken retro={retro} />}
      </div>
    );
  return <Open retro={retro} view={view} me={me} state={state} />;
}

function Waiting() {
  return (
    <AfterAWhile>
      <div className="page-in rt-wait" aria-busy="true">
        <Bone width="100%" height={36} radius={7} />
        <div>
          {[0, 1, 2].map((i) => (
            <Bone key={i} width="100%" height={320} radius={10} />
          ))}
        </div>
      </div>
    </AfterAWhile>
  );
}

function Broken({ retro }: { retro: Retro }) {
  const failed = retro.status === 'error';
  return (
    <EmptyState
      icon={<CloudOff size={28} />}
      title={t(failed ? 'rt.error' : 'rt.missing')}
      action={
        failed ? (
          <button type="button" className="btn" onClick={retro.again}>
            {t('rt.again')}
          </button>
        ) : (
          <Link to="/retro" className="btn line">
            {t('rt.title')}
          </Link>
        )
      }
    >
      {t(failed ? 'rt.errorText' : 'rt.missingText')}
    </EmptyState>
  );
}

function Open({ retro, view, me, state }: { retro: Retro; view: RetroView; me: string; state?: ReactNode }) {
  const { retro: head } = view;
  const [looking, setLooking] = useState<Phase>();
  const [tab, setTab] = useState(view.columns[0]?.key ?? '');
  const was = useRef(head.phase);
  const main = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (was.current === head.phase) return;
    was.current = head.phase;
    setLooking(undefined);
    announce(t('rt.turned', { phase: t(`rt.phase.${head.phase}`) }));
    main.current?.closest('.page')?.scrollTo(0, 0);
  }, [head.phase]);
  const revealed = isRevealed(head);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it happens
  useEffect(() => {
    if (revealed) keepHalfWritten(view);
  }, [revealed]);
  const shown = looking && mayLook(head, looking) ? looking : head.phase;
  const room = useMemo(() => ({ retro, view, me, tab, setTab }), [retro, view, me, tab]);
  return (
    <RoomContext value={room}>
      <PageTitle title={head.title} crumb={<Link to="/retro">{head.teamName}</Link>} />
      <Top place="title">
        <Anonymity head={head} />
      </Top>
      <Top place="state">{state}</Top>
      <Top place="action">
        <Turn retro={retro} view={view} />
      </Top>
      <Strip shown={shown} onLook={(p) => setLooking(p === head.phase ? undefined : p)} />
      {retro.taps.trying && retro.taps.waiting > 0 && (
        <p className="rt-look" role="status">
          <CloudUpload size={15} aria-hidden />
          {t('rt.waits', { n: retro.taps.waiting })}
        </p>
      )}
      {shown !== head.phase && (
        <div className="rt-look" role="status">
          <span>
            {t(
              shown === 'write' && head.phases.find((p) => p.key === 'write')?.state === 'next'
                ? 'rt.ahead'
                : head.phase === 'published'
                  ? 'rt.lookingBack'
                  : 'rt.looking',
              {
                phase: t(`rt.phase.${shown}`),
                now: t(`rt.phase.${head.phase}`),
              },
            )}
          </span>
          <button type="button" className="btn soft sm" onClick={() => setLooking(undefined)}>
            {head.phase === 'published'
              ? t('rt.toSummary')
              : t('rt.follow', { phase: t(`rt.phase.${head.phase}`) })}
          </button>
        </div>
      )}
      <div className="page rt-page">
        <div className="rt" ref={main} data-phase={shown} data-many={view.columns.length > 4 || undefined}>
          <div className="rt-main">
            <Shown phase={shown} onWrite={() => setLooking('write')} />
          </div>
          <Side shown={shown} />
        </div>
      </div>
    </RoomContext>
  );
}

function Shown({ phase, onWrite }: { phase: Phase; onWrite: () => void }) {
  switch (phase) {
    case 'review_actions':
      return <LastActions />;
    case 'checkin':
      return <Checkin onWrite={onWrite} />;
    case 'open':
    case 'write':
    case 'reveal':
      return <Notes phase={phase} />;
    case 'group':
      return <Groups />;
    case 'vote':
      return <Votes />;
    case 'discuss':
      return <Discuss />;
    case 'commit':
      return <Commit />;
    case 'close':
      return <CloseRetro />;
    case 'published':
      return <Published />;
  }
}

/** The one button that turns the page, for who leads; and the way to lead when nobody does. */
function Turn({ retro, view }: { retro: Retro; view: RetroView }) {
  const { retro: head, me, turning } = view;
  const to = head.next;
  if (me.canTakeOver)
    return (
      <button
        type="button"
        className="btn"
        title={t('rt.takeOverWhy')}
        onClick={() => void retro.ask(`/retros/${retro.id}/take-over`)}
      >
        {t('rt.takeOver')}
      </button>
    );
  if (!me.canFacilitate || !to) return null;
  if (turning)
    return (
      <button type="button" className="btn" aria-disabled="true" data-busy={!retro.taps.trying || undefined}>
        {t('rt.turning', { phase: t(`rt.phase.${turning}`) })}
      </button>
    );
  const turn = () => retro.act({ do: 'turn', from: head.phase, to });
  if (to === 'published')
    return (
      <ConfirmButton
        className="btn"
        title={t('rt.publishTitle')}
        text={[t('rt.publishText'), head.anonymity === 'anonymous' && t('rt.publishAnonymous')]
          .filter(Boolean)
          .join(' ')}
        verb={turnWord(to)}
        calm
        run={async () => turn()}
      >
        {turnWord(to)}
        <ChevronRight size={16} aria-hidden />
      </ConfirmButton>
    );
  return (
    <button type="button" className="btn" onClick={turn}>
      {turnWord(to, head.phase)}
      <ChevronRight size={16} aria-hidden />
    </button>
  );
}
