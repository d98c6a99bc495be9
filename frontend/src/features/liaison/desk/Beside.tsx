import { Link } from '@tanstack/react-router';
import { HandHelping, OctagonX } from 'lucide-react';
import { absolute } from '../../../lib/time';
import { t } from './messages';
import { Panel, since, waited } from './parts';
import type { Desk } from './types';

const FIRST = 3;

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
            <small>
              {t('desk.asks.by', { team: x.teamName, name: x.by })} ·{' '}
              {x.started ? t('desk.asks.started') : t(`desk.asks.state.${x.state}`)}
            </small>
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
export function Blocked({ desk }: { desk: Desk }) {
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
            <small>
              {[x.teamName, x.reason, x.waitsFor && t('desk.blocked.waits', { who: x.waitsFor })]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </span>
          <span className="dk-for" title={absolute(x.since)}>
            {t('desk.days', { n: since(x.since, x.timeZone) })}
          </span>
        </li>
      )}
    />
  );
}
