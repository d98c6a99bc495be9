import { Link } from '@tanstack/react-router';
import { HandHelping, OctagonX } from 'lucide-react';
import { absolute } from '../../../lib/time';
import { t } from './messages';
import { blockedFor, Panel, waited } from './parts';
import type { Desk } from './types';

const FIRST = 3;

/** One line of where it stands. It is cut at its end, so what one acts on comes first. */
function Under({ words }: { words: readonly (string | undefined)[] }) {
  const line = words.filter(Boolean).join(' · ');
  return <small title={line}>{line}</small>;
}

/** What others want of my teams and nobody has finished with. */
export function Asks({ desk, now }: { desk: Desk; now: number }) {
  return (
    <Panel
      id="desk-asks"
      title={t('desk.asks')}
      total={desk.asks.total}
      items={desk.asks.items}
      first={FIRST}
      none={!desk.failed.includes('asks') && <p className="dk-none quiet">{t('desk.asks.none')}</p>}
      row={(x: Desk['asks']['items'][number]) => (
        <li key={x.id} className="dk-row">
          <HandHelping size={17} aria-hidden className="dk-icon" />
          <span className="dk-main">
            <span className="dk-title">
              <Link to="/c/$key" params={{ key: x.cardKey } as never} className="dk-link">
                {x.title}
              </Link>
            </span>
            <Under
              words={[
                x.started ? t('desk.asks.started') : t(`desk.asks.state.${x.state}`),
                t('desk.asks.by', { team: x.teamName, name: x.by }),
              ]}
            />
          </span>
          <span className="dk-for" title={absolute(x.raisedAt)}>
            {waited(x.raisedAt, now)}
          </span>
        </li>
      )}
    />
  );
}

/** Cards of my teams that cannot go on. */
export function Blocked({ desk, now }: { desk: Desk; now: number }) {
  return (
    <Panel
      id="desk-blocked"
      title={t('desk.blocked')}
      total={desk.blocked.total}
      items={desk.blocked.items}
      first={FIRST}
      none={!desk.failed.includes('blocked') && <p className="dk-none quiet">{t('desk.blocked.none')}</p>}
      row={(x: Desk['blocked']['items'][number]) => (
        <li key={x.id} className="dk-row" data-t="bad">
          <OctagonX size={17} aria-hidden className="dk-icon" />
          <span className="dk-main">
            <span className="dk-title">
              <Link to="/c/$key" params={{ key: x.key } as never} className="dk-link">
                <code>{x.key}</code>
                {x.title}
              </Link>
            </span>
            <Under
              words={[x.waitsFor && t('desk.blocked.waits', { who: x.waitsFor }), x.teamName, x.reason]}
            />
          </span>
          <span className="dk-for" title={absolute(x.since)}>
            {blockedFor(x.since, now, x.timeZone)}
          </span>
        </li>
      )}
    />
  );
}
