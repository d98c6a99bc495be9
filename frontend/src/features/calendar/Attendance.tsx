import { Plus, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { dateWords } from '../../lib/time';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { DiscIcon } from '../../ui/DiscIcon';
import { disciplineName } from '../../ui/messages';
import { AgreeDialog } from './AgreeDialog';
import './attendance.css';
import { t } from './messages';
import type { Agreement, Tally, TeamAttendance } from './types';
import { agreementWords } from './words';

/** What operations and security agreed to, per team, and how often they came in four weeks. */
export function Attendance({ teams }: { teams: ReadonlySet<string> }) {
  const { data, error } = useData<{ items: TeamAttendance[] }>('/calendar/attendance');
  const [agree, setAgree] = useState<TeamAttendance>();
  if (error && !data) return <p className="quiet">{t('at.error')}</p>;
  const items = (data?.items ?? []).filter((x) => teams.has(x.id));
  if (items.length === 0) return null;
  return (
    <section className="panel ca-att" aria-labelledby="ca-att">
      <header>
        <h2 className="h2" id="ca-att">
          {t('at.title')}
        </h2>
        <p className="small quiet">{t('at.text')}</p>
      </header>
      <ul className="rows">
        {items.map((x) => (
          <li key={x.id} className="ca-att-team">
            <div className="ca-att-head">
              <b>{x.name}</b>
              <span className="ca-att-tallies">
                {x.disciplines.map((d) => (
                  <TallyMark
                    key={d.discipline}
                    d={d}
                    agreed={x.agreements.some((a) => a.discipline === d.discipline)}
                  />
                ))}
              </span>
              {x.canAgree !== 'no' && (
                <button
                  type="button"
                  className="btn line sm"
                  aria-haspopup="dialog"
                  aria-label={t('at.agreeFor', { team: x.name })}
                  onClick={() => setAgree(x)}
                >
                  <Plus size={15} aria-hidden />
                  {t('at.agree')}
                </button>
              )}
            </div>
            {x.agreements.length === 0 ? (
              x.canAgree !== 'no' && <p className="small quiet">{t('at.no')}</p>
            ) : (
              <ul className="ca-lines">
                {x.agreements.map((a) => (
                  <Line key={a.id} a={a} />
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {agree && <AgreeDialog team={agree} onClose={() => setAgree(undefined)} />}
    </section>
  );
}

function TallyMark({ d, agreed }: { d: Tally; agreed: boolean }) {
  const name = disciplineName(d.discipline);
  return (
    <span className="ca-tally">
      <DiscIcon d={d.discipline} size={16} solid={d.came > 0} decorative />
      <span>{name}</span>
      {d.agreed > 0 ? (
        <span className="pill" data-t={d.low ? 'warn' : 'ok'}>
          {d.low && <TriangleAlert size={13} aria-hidden />}
          <span aria-hidden="true">{t('at.came', { came: d.came, agreed: d.agreed })}</span>
          <span className="sr">{t('at.cameName', { discipline: name, came: d.came, agreed: d.agreed })}</span>
          {d.low && <span className="ca-low">{t('at.low')}</span>}
        </span>
      ) : (
        <span className="small quiet">{agreed ? t('at.notYet') : t('at.none')}</span>
      )}
      {d.invited > 0 && (
        <span className="small quiet">{t('at.guest', { came: d.invitedCame, invited: d.invited })}</span>
      )}
    </span>
  );
}

function Line({ a }: { a: Agreement }) {
  const words = agreementWords(a);
  const today = new Date().toISOString().slice(0, 10);
  const more = [
    a.since > today && t('at.from', { date: dateWords(a.since) }),
    a.until && t('at.until', { date: dateWords(a.until) }),
    t('at.by', { name: a.agreedBy }),
  ].filter(Boolean);
  return (
    <li>
      <DiscIcon d={a.discipline} size={14} decorative />
      <span>
        {words} <small>{more.join(' · ')}</small>
      </span>
      {a.canEnd && (
        <ConfirmButton
          className="btn ghost icon sm"
          label={t('at.end', { what: words })}
          title={t('at.endTitle')}
          text={
            <>
              <p>
                <b>{words}</b>
              </p>
              <p>{t('at.endText')}</p>
            </>
          }
          verb={t('at.endVerb')}
          run={async () => {
            await api.del(`/agreements/${a.id}`);
            await refresh('/calendar');
          }}
        >
          <X size={15} aria-hidden />
        </ConfirmButton>
      )}
    </li>
  );
}
