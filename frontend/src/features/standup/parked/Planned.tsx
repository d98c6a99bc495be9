import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { toastError } from '../../../lib/notify';
import { moment } from '../../../lib/time';
import { t } from '../messages';
import type { Parked, StandupView } from '../types';
import './parked.css';

/** When those meet, and the file for one's own calendar. */
export function MeetLine({ item }: { item: Parked }) {
  if (!item.meet) return null;
  const { at, minutes, people } = item.meet;
  return (
    <p className="pk-m">
      <CalendarClock size={15} aria-hidden />
      <span>
        {t('pk.meet.line', { when: moment(at), minutes, who: people.map((p) => p.name).join(', ') })}
      </span>
      <a
        className="link small"
        href={`/api/v1/standups/parked/${item.id}/meeting.ics`}
        download="meeting.ics"
      >
        {t('pk.meet.file')}
      </a>
    </p>
  );
}

/** Meetings that came of what was parked, until they are over. */
export function Planned({ items, take }: { items: readonly Parked[]; take?: (v: StandupView) => void }) {
  const [busy, setBusy] = useState('');
  const shown = items.filter((p) => p.meet && Date.parse(p.meet.at) + p.meet.minutes * 60_000 > Date.now());
  if (shown.length === 0) return null;
  const callOff = async (p: Parked) => {
    setBusy(p.id);
    try {
      take?.(await api.post<StandupView>(`/standups/parked/${p.id}/reopen`));
      announce(t('pk.meet.offDone'));
    } catch (error) {
      toastError(error);
    }
    setBusy('');
  };
  return (
    <section className="pk" aria-labelledby="pk-planned">
      <h2 id="pk-planned">{t('pk.planned')}</h2>
      <ul>
        {shown.map((p) => (
          <li key={p.id}>
            <p className="pk-t">{p.text || p.cardTitle}</p>
            <MeetLine item={p} />
            {take && (
              <p className="pk-o">
                <button
                  type="button"
                  className="btn ghost sm"
                  data-busy={busy === p.id || undefined}
                  aria-label={t('pk.meet.offWhat', { what: p.text || p.cardTitle || '' })}
                  onClick={() => void callOff(p)}
                >
                  {t('pk.meet.off')}
                </button>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
