import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useData } from '../../lib/data';
import { moment } from '../../lib/time';
import { t } from './messages';
import type { Past } from './types';

/** What was held, each with what it brought. */
export function PastSittings({ seriesId, lastId }: { seriesId: string; lastId?: string }) {
  const { data, refetch } = useData<{ items: Past[] }>(`/rituals/${seriesId}/sittings`);
  const newest = data?.items[0]?.id;
  useEffect(() => {
    if (data && lastId && newest !== lastId) void refetch();
  }, [data, lastId, newest, refetch]);
  if (!data) return null;
  if (data.items.length === 0) return <p className="quiet small">{t('ri.noPast')}</p>;
  return (
    <section>
      <h2 className="h2 ri-h">{t('ri.past')}</h2>
      <ul className="panel rows">
        {data.items.map((p) => (
          <li key={p.id} className="row-a">
            <span className="row-main">
              <Link
                to="/rituals/$series/summary/$sitting"
                params={{ series: seriesId, sitting: p.id } as never}
                className="row-link"
              >
                {moment(p.startedAt)}
              </Link>
              <small>{[p.brought, came(p)].filter(Boolean).join(' · ')}</small>
            </span>
            <span className="pill num" data-t={p.overrunMinutes ? 'warn' : undefined}>
              {t('ri.minutes', { n: p.minutes })}
              {p.overrunMinutes ? `, ${t('ri.over', { n: p.overrunMinutes })}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function came(p: Past): string {
  const named = p.people.filter((x) => x.role !== 'core' && x.state !== 'away').map((x) => x.name);
  return [p.core > 0 && t('ri.headsN', { n: p.core }), ...named].filter(Boolean).join(', ');
}
