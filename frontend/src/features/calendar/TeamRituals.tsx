import { Link } from '@tanstack/react-router';
import { Video } from 'lucide-react';
import type { components } from '../../api/schema';
import { refresh, useData } from '../../lib/data';
import { clock, dateText, dateWords, dayOf, otherZone } from '../../lib/time';
import { dayNames } from '../../lib/weekdays';
import { useFollow } from '../../live/follow';
import { RequestNumber } from '../../ui/RequestNumber';
import { KindIcon } from './KindIcon';
import { t } from './messages';
import type { Kind } from './types';

type Schemas = components['schemas'];
type Entry = Schemas['StandupEntry'];
type Ritual = Schemas['RitualItem'];

/** A team's rituals, on which days and when, and how to join; for the team's page. */
export function TeamRituals({ team }: { team: string }) {
  const standups = useData<{ items: Entry[] }>('/standups');
  const rituals = useData<{ items: Ritual[] }>(`/rituals?teamId=${team}`);
  useFollow([`team:${team}`], () => void refresh('/standups', '/rituals'));
  const mine = (standups.data?.items ?? []).filter((x) => x.teamId === team);
  const others = (rituals.data?.items ?? []).filter((x) => !x.archivedAt);
  const error = (!standups.data && standups.error) || (!rituals.data && rituals.error);
  const none = standups.data && rituals.data && mine.length + others.length === 0;
  return (
    <section className="team-part" aria-labelledby="team-rituals">
      <h2 className="h2" id="team-rituals">
        {t('te.title')}
      </h2>
      <div className="panel">
        <ul className="rows">
          {mine.map((x) => (
            <Row key={x.id} x={x} kind="standup" to={`/standup/${x.id}`} />
          ))}
          {others.map((x) => (
            <Row key={x.id} x={x} kind={x.kind} to={`/rituals/${x.id}`} />
          ))}
        </ul>
        <p className="row-a team-links">
          {error && (
            <span className="quiet">
              {t('te.error')} <RequestNumber error={error} />
            </span>
          )}
          {none && <span className="quiet">{t('te.none')}</span>}
          <Link to="/calendar" search={{ team } as never} className="link">
            {t('te.calendar')}
          </Link>
        </p>
      </div>
    </section>
  );
}

function Row({ x, kind, to }: { x: Entry | Ritual; kind: Kind; to: string }) {
  return (
    <li className="row-a">
      <KindIcon kind={kind} size={16} />
      <span className="row-main">
        <Link to={to as never} className="row-link">
          {x.name}
        </Link>
        <small>{whenWords(x).join(' · ')}</small>
      </span>
      {x.startedAt && (
        <span className="pill" data-t="ok">
          {t('te.runs', { time: clock(x.startedAt) })}
        </span>
      )}
      {x.meetingUrl ? (
        <a className="btn line sm tr-join" href={x.meetingUrl} target="_blank" rel="noreferrer">
          <Video size={15} aria-hidden />
          {t('te.call')}
          <span className="sr"> · {x.name}</span>
        </a>
      ) : (
        <span className="small quiet">{t('mode' in x && x.mode === 'async' ? 'te.written' : 'te.here')}</span>
      )}
    </li>
  );
}

/** "Mon to Fri at 09:30 (America/New York), 15:30 for you", "next Mon 23 Nov": by the team's clock, and by the reader's. */
function whenWords({ schedule: s, nextAt }: Entry | Ritual): string[] {
  if (!s) return [t('te.noTime')];
  const zone = otherZone(s.timeZone);
  const every = 'everyWeeks' in s && s.everyWeeks && s.everyWeeks > 1 ? s.everyWeeks : 1;
  const at = { days: dayNames(s.days), at: s.at, n: every };
  const words = [
    zone
      ? nextAt
        ? t('te.everyFor', { ...at, zone, mine: clock(nextAt) })
        : t('te.everyIn', { ...at, zone })
      : t('te.every', at),
  ];
  // the day is the team's, like those before it
  if (nextAt) words.push(t('te.next', { day: dateWords(dateText(dayOf(nextAt, s.timeZone))) }));
  return words;
}
