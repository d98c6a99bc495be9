import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { refresh, useData } from '../../lib/data';
import { moment } from '../../lib/time';
import { t } from './messages';
import type { PastMeeting } from './types';

/** What there was: how long it took, how many cards had a word, who was there. Never who spoke how long. */
export function PastMeetings({ seriesId, lastId }: { seriesId: string; lastId?: string }) {
  const path = `/standups/${seriesId}/meetings`;
  const { data } = useData<{ items: PastMeeting[] }>(path);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another last meeting means a longer list
  useEffect(() => void refresh(path), [path, lastId]);
  if (!data) return null;
  return (
    <section className="panel">
      <div className="sp-head">
        <h2 className="h2">{t('sp.past')}</h2>
        {data.items.length === 0 && <p className="small quiet">{t('sp.pastNone')}</p>}
      </div>
      {data.items.length > 0 && (
        <div className="sp-scroll">
          <table className="sp-table">
            <thead>
              <tr>
                <th scope="col">{t('sp.past.when')}</th>
                <th scope="col">{t('sp.past.took')}</th>
                <th scope="col">{t('sp.past.cards')}</th>
                <th scope="col">{t('sp.past.helped')}</th>
                <th scope="col">{t('sp.past.blocked')}</th>
                <th scope="col">{t('sp.past.here')}</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((m) => (
                <tr key={m.id}>
                  <th scope="row">
                    <Link
                      to="/standup/$series/summary/$meeting"
                      params={{ series: seriesId, meeting: m.id } as never}
                      className="link"
                    >
                      {moment(m.startedAt)}
                    </Link>
                  </th>
                  <td>
                    {m.mode === 'async' ? t('sp.past.mode.async') : t('sp.minutes', { n: m.minutes })}
                    {m.mode === 'round_robin' && (
                      <span className="pill">{t('sp.past.mode.round_robin')}</span>
                    )}
                    {m.overrunMinutes ? (
                      <span className="pill" data-t="warn">
                        {t('sp.past.over', { n: m.overrunMinutes })}
                      </span>
                    ) : null}
                  </td>
                  <td>{m.mode === 'walk' ? m.discussed : ''}</td>
                  <td>{m.helped}</td>
                  <td>{m.blocked}</td>
                  <td>{m.attendance ?? ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
