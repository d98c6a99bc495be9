import { Link } from '@tanstack/react-router';
import { Eye, EyeOff, FileText, MonitorPlay, Smartphone, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { BoardStore } from '../../live';
import './bar.css';
import { useBoardFacts } from '../../live/board-facts';
import { follow, useFollowing } from './following';
import { t } from './messages';
import type { StandupView } from './types';
import { useSeries } from './use-series';
import { useJoin, useStandup } from './use-standup';
import { cardCount, justOver, stepNow } from './walk';

interface Props {
  store: BoardStore;
  /** May start and drive. */
  canWork: boolean;
  /** Key of the card that is open beside the board. */
  open?: string;
  /** Opens a card, or closes the open one. */
  onOpen: (key: string | undefined) => void;
}

const writing = () => {
  const at = document.activeElement;
  return at instanceof HTMLTextAreaElement && at.value.trim() !== '';
};

/** On the board while its standup runs: where the walk is, and the way to go along. One may look around at any time. */
export function FollowBar({ store, canWork, open, onOpen }: Props) {
  const found = useSeries(store.boardId).data?.items[0];
  const standup = useStandup(found?.id);
  useBoardFacts(store);
  const following = useFollowing();
  const meeting = standup.view?.meeting;
  const step = meeting?.state === 'running' ? stepNow(meeting) : undefined;
  const card = step?.cardId ? store.card(step.cardId) : undefined;
  const along = Boolean(meeting && found && following === found.id);
  const shown = useRef<string>(undefined);
  const latest = useRef(onOpen);
  latest.current = onOpen;
  const key = card?.key;

  // Going along: the card of the walk is the open one. Whoever opens another looks around until they follow again.
  useEffect(() => {
    if (!along) {
      shown.current = undefined;
      return;
    }
    if (shown.current === key) return;
    if (writing()) {
      follow(undefined); // what somebody is writing is not taken from under their hands
      return;
    }
    shown.current = key;
    latest.current(key);
  }, [along, key]);
  const was = useRef(open);
  useEffect(() => {
    const before = was.current;
    was.current = open;
    if (along && before !== undefined && before === shown.current && open !== before) follow(undefined);
  }, [open, along]);

  useJoin(standup, along);

  if (!found) return null;
  if (!meeting) return standup.view ? <OverBar key={standup.view.last?.id} view={standup.view} /> : null;
  const count = t('su.step', cardCount(meeting));
  return (
    <aside className="sb" aria-label={t('su.title')}>
      <i aria-hidden="true" />
      <p>
        <b>{t('su.title')}</b>{' '}
        {meeting.state === 'sixteenth'
          ? t('su.sixteenth')
          : step?.kind === 'card'
            ? `${count} · ${card?.key ?? t('su.gone')}`
            : step?.person
              ? `${count} · ${step.person.name}`
              : t(`sb.${step?.kind ?? 'brief'}`)}
        {card && <span className="sb-t"> {card.title}</span>}
      </p>
      {meeting.state === 'sixteenth' ? (
        <Link
          to="/standup/$series"
          params={{ series: found.id } as never}
          className={canWork ? 'btn soft sm' : 'btn ghost sm'}
        >
          {t(canWork ? 'sb.settle' : 'sb.parked')}
        </Link>
      ) : (
        <button
          type="button"
          className="btn soft sm"
          data-on={along || undefined}
          onClick={() => {
            if (along) {
              follow(undefined);
              return;
            }
            shown.current = undefined;
            follow(found.id);
          }}
        >
          {along ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
          {t(along ? 'sb.stop' : 'sb.follow')}
        </button>
      )}
      {canWork && (
        <>
          <Link
            to="/standup/$series/remote"
            params={{ series: found.id } as never}
            className="btn ghost sm"
            aria-label={t('sb.remote')}
            title={t('sb.remote')}
          >
            <Smartphone size={15} aria-hidden />
            <span className="sb-w">{t('rm.title')}</span>
          </Link>
          <Link
            to="/standup/$series/screen"
            params={{ series: found.id } as never}
            className="btn ghost sm"
            aria-label={t('sb.screen')}
            title={t('sb.screen')}
          >
            <MonitorPlay size={15} aria-hidden />
            <span className="sb-w">{t('sb.screenWord')}</span>
          </Link>
        </>
      )}
      {standup.view?.series.meetingUrl && (
        <a className="btn ghost sm" href={standup.view.series.meetingUrl} target="_blank" rel="noreferrer">
          {t('sb.join')}
        </a>
      )}
    </aside>
  );
}

/** The walk that ended a moment ago: what it came to, until the line is put away. */
function OverBar({ view }: { view: StandupView }) {
  const [away, setAway] = useState(false);
  const { series } = view;
  const last = justOver(view, Date.now());
  if (away || !last) return null;
  return (
    <aside className="sb" aria-label={t('su.title')}>
      <p role="status">
        <b>{t('su.title')}</b> {t('sb.over', { n: last.minutes })}
      </p>
      <Link
        to="/standup/$series/summary/$meeting"
        params={{ series: series.id, meeting: last.id } as never}
        className="btn soft sm"
      >
        <FileText size={15} aria-hidden />
        {t('rm.summary')}
      </Link>
      <button
        type="button"
        className="btn ghost sm icon"
        aria-label={t('sb.close')}
        onClick={() => setAway(true)}
      >
        <X size={15} aria-hidden />
      </button>
    </aside>
  );
}
