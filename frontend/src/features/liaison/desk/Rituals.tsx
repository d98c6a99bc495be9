import { Link } from '@tanstack/react-router';
import { TriangleAlert, Video } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../lib/api';
import { refresh } from '../../../lib/data';
import { toast, toastError } from '../../../lib/notify';
import { absolute, clock, dateWords } from '../../../lib/time';
import { t } from './messages';
import type { Desk, DeskRitual } from './types';

/** From how many milliseconds before it begins a ritual stands out. */
const SOON = 10 * 60_000;

/** The rituals of today that one has promised to come to, with the way in, or who may go instead. */
export function Rituals({
  desk,
  now,
  onJoin,
}: {
  desk: Desk;
  now: number;
  onJoin: (series: string, board: string) => void;
}) {
  if (desk.rituals.length === 0) return null;
  const near = desk.rituals.find((r) => isNear(r, now));
  return (
    <ul className="dk-rituals" aria-label={t(desk.wide ? 'desk.ritualsAll' : 'desk.rituals')}>
      {desk.rituals.map((r) => (
        <Ritual key={r.id} r={r} now={now} lead={r === near} onJoin={onJoin} />
      ))}
    </ul>
  );
}

const isNear = (r: DeskRitual, now: number): boolean =>
  !r.sent && (r.state === 'running' || Date.parse(r.startsAt) - now < SOON);

function Ritual({
  r,
  now,
  lead,
  onJoin,
}: {
  r: DeskRitual;
  now: number;
  lead: boolean;
  onJoin: (series: string, board: string) => void;
}) {
  const [busy, setBusy] = useState(false);
  const at = Date.parse(r.startsAt);
  const runs = r.state === 'running';
  const name = r.instead?.name.split(' ')[0] ?? '';
  const sends = r.overlaps && !runs && r.instead && r.maySend && !r.sent;
  const send = async () => {
    if (!r.instead) return;
    setBusy(true);
    try {
      const { invited } = await api.post<{ invited: { id: string; personId: string }[] }>(
        '/calendar/invitations',
        {
          seriesId: r.seriesId,
          startsAt: r.startsAt,
          personIds: [r.instead.id],
        },
      );
      const made = invited.find((i) => i.personId === r.instead?.id)?.id;
      toast({
        text: t('desk.sent', { name: r.instead.name, title: r.title }),
        stay: 30_000,
        action: made
          ? {
              label: t('desk.undo'),
              run: () =>
                void api
                  .del(`/calendar/invitations/${made}`)
                  .then(() => refresh('/desk'))
                  .catch(toastError),
            }
          : undefined,
      });
      await refresh('/desk', '/calendar');
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };
  return (
    <li className="panel dk-ritual" data-near={isNear(r, now) || undefined} data-sent={r.sent || undefined}>
      <div className="dk-ritual-in">
        <time className="dk-clock" dateTime={r.startsAt} title={absolute(at)}>
          {clock(at)}
        </time>
        <span className="dk-title">
          <Link to={r.link} className="dk-link" title={r.title}>
            {r.title}
          </Link>
        </span>
        <small>
          {r.overlaps && !runs ? (
            <span className="dk-warn" title={t('desk.overlapsWith', { title: r.overlaps })}>
              <TriangleAlert size={13} aria-hidden />
              {t('desk.overlaps')}
              {/* the button beside it says so too, where there is no room for both */}
              <span className={sends ? 'dk-can' : undefined}>
                {' · '}
                {r.sent
                  ? t('desk.goes', { name })
                  : r.instead
                    ? t('desk.canGo', { name })
                    : t('desk.noDeputy')}
              </span>
            </span>
          ) : (
            <>
              <b>{runs ? t('desk.runs') : when(at, now)}</b>
              {' · '}
              {r.for ? t('desk.for', { name: r.for.name }) : r.teamName}
              {r.sent && ` · ${t('desk.goes', { name })}`}
              {r.missedOn && ` · ${t('desk.missed', { day: dateWords(r.missedOn) })}`}
            </>
          )}
        </small>
        <span className="dk-ritual-acts">
          {sends ? (
            <button type="button" className="btn line sm" disabled={busy} onClick={() => void send()}>
              {t('desk.send', { name })}
              <span className="sr"> · {r.title}</span>
            </button>
          ) : (
            <>
              {r.joinUrl && (
                <a className="btn line sm" href={r.joinUrl} target="_blank" rel="noreferrer">
                  <Video size={15} aria-hidden />
                  {t('desk.call')}
                  <span className="sr"> {r.title}</span>
                </a>
              )}
              {runs && r.kind === 'standup' ? (
                <button
                  type="button"
                  className={lead ? 'btn sm' : 'btn line sm'}
                  onClick={() => onJoin(r.seriesId, r.boardId)}
                >
                  {t('desk.join')}
                  <span className="sr"> {r.title}</span>
                </button>
              ) : runs || !r.joinUrl ? (
                <Link to={r.link} className={lead ? 'btn sm' : 'btn line sm'}>
                  {t('desk.join')}
                  <span className="sr"> {r.title}</span>
                </Link>
              ) : null}
            </>
          )}
        </span>
      </div>
    </li>
  );
}

/** "in 8 min", "later today". */
function when(at: number, now: number): string {
  const minutes = Math.round((at - now) / 60_000);
  if (minutes < 0) return t('desk.ago', { n: -minutes });
  return minutes < 60 ? t('desk.in', { n: minutes }) : t('desk.later');
}
