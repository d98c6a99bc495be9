import { CalendarSync, PhoneCall, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Person } from '../../api/types';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { toast, toastError } from '../../lib/notify';
import { moment, relative } from '../../lib/time';
import { onTopic } from '../../live';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { CalendarDialog, ShiftDialog } from './OnCallDialogs';
import './oncall.css';
import { t } from './oncall-messages';
import type { DutyRole, Roster, Shift } from './oncall-types';
import type { TeamDetail } from './types';

const SHOWN = 6;

/** A team's roster: who can be called now, the shifts that follow, and the calendars that shifts are read from. */
export function OnCall({ team, people }: { team: TeamDetail; people: readonly Person[] }) {
  const path = `/teams/${team.id}/on-call`;
  const { data, error, refetch } = useData<Roster>(path);
  const [open, setOpen] = useState<'shift' | 'calendar'>();
  useEffect(
    () =>
      onTopic(`team:${team.id}`, (e) => {
        if (e.type === 'on_call.changed') void refresh(path);
      }),
    [team.id, path],
  );
  // A shift begins and ends without anybody pressing anything.
  const turn = data && nextTurn(data);
  useEffect(() => {
    if (turn === undefined) return;
    const timer = setTimeout(() => void refresh(path), Math.min(turn - Date.now() + 1_000, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [turn, path]);
  const close = () => setOpen(undefined);
  return (
    <section className="team-part" aria-labelledby="on-call">
      <h2 className="h2" id="on-call">
        {t('oc.title')}
      </h2>
      <p className="small quiet">{t('oc.text')}</p>
      <div className="panel">
        {!data && error && (
          <div className="row-a" role="alert">
            <span className="row-main">
              {t('oc.failed')}
              <small>{error.message}</small>
            </span>
            <button type="button" className="btn line sm" onClick={() => void refetch()}>
              {t('oc.retry')}
            </button>
          </div>
        )}
        {data && (
          <>
            <Shifts roster={data} path={path} />
            {data.calendars.length > 0 && <Calendars roster={data} path={path} />}
            {data.canEdit && (
              <p className="row-a oc-add">
                <button type="button" className="btn line sm" onClick={() => setOpen('shift')}>
                  <PhoneCall size={15} aria-hidden />
                  {t('oc.add')}
                </button>
                <button type="button" className="btn ghost sm" onClick={() => setOpen('calendar')}>
                  <CalendarSync size={15} aria-hidden />
                  {t('oc.cal.add')}
                </button>
              </p>
            )}
          </>
        )}
      </div>
      {open === 'shift' && data && (
        <ShiftDialog team={team} people={people} roster={data} path={path} onClose={close} />
      )}
      {open === 'calendar' && <CalendarDialog path={path} onClose={close} />}
    </section>
  );
}

/** When who can be called changes next. */
function nextTurn({ shifts }: Roster): number | undefined {
  const now = Date.now();
  const times = shifts.flatMap((s) => [Date.parse(s.from), Date.parse(s.to)]).filter((at) => at > now);
  return times.length ? Math.min(...times) : undefined;
}

const dutyWords = (x: { role: DutyRole; service: string }): string =>
  [t(`oc.role.${x.role}`), x.service || t('oc.whole')].join(', ');

/** Shifts that run, then those that follow. */
function Shifts({ roster, path }: { roster: Roster; path: string }) {
  const [all, setAll] = useState(false);
  const now = Date.now();
  const running = roster.shifts.filter((s) => Date.parse(s.from) <= now);
  const later = roster.shifts.filter((s) => Date.parse(s.from) > now);
  const shown = all ? later : later.slice(0, SHOWN);
  const row = (s: Shift, runs: boolean) => (
    <Row key={s.id} shift={s} runs={runs} canEdit={roster.canEdit} path={path} />
  );
  return (
    <>
      {running.length === 0 && <p className="row-a quiet">{t('oc.nobody')}</p>}
      <ul className="rows" aria-label={t('oc.now')}>
        {running.map((s) => row(s, true))}
      </ul>
      {later.length > 0 && <h3 className="row-a oc-h">{t('oc.later')}</h3>}
      <ul className="rows" aria-label={t('oc.later')}>
        {shown.map((s) => row(s, false))}
      </ul>
      {later.length > shown.length && (
        <p className="row-a">
          <button type="button" className="btn ghost sm" onClick={() => setAll(true)}>
            {t('oc.more', { n: later.length - shown.length })}
          </button>
        </p>
      )}
    </>
  );
}

function Row({
  shift: s,
  runs,
  canEdit,
  path,
}: {
  shift: Shift;
  runs: boolean;
  canEdit: boolean;
  path: string;
}) {
  const undo = () =>
    api
      .post(path, {
        service: s.service,
        role: s.role,
        ...(s.personId ? { personId: s.personId } : { name: s.name }),
        from: s.from,
        to: s.to,
      })
      .then(() => refresh(path), toastError);
  const remove = async () => {
    try {
      await api.del(`/on-call/${s.id}`);
      toast({
        text: t('oc.removed', { name: s.name }),
        action: { label: t('oc.undo'), run: () => void undo() },
      });
    } catch (error) {
      toastError(error);
    }
    await refresh(path);
  };
  return (
    <li className="row-a oc-shift" data-runs={runs || undefined}>
      {runs && <PhoneCall size={17} aria-hidden />}
      <span className="row-main">
        <span>{s.name}</span>
        <small>{dutyWords(s)}</small>
      </span>
      <span className="small num quiet">
        {runs
          ? t('oc.until', { time: moment(s.to) })
          : t('oc.span', { from: moment(s.from), to: moment(s.to) })}
      </span>
      {s.source === 'calendar' ? (
        <span className="pill">{t('oc.fromCalendar')}</span>
      ) : (
        canEdit && (
          <button
            type="button"
            className="btn ghost sm icon"
            aria-label={t('oc.remove', { name: s.name, from: moment(s.from) })}
            onClick={() => void remove()}
          >
            <X size={15} aria-hidden />
          </button>
        )
      )}
    </li>
  );
}

function Calendars({ roster, path }: { roster: Roster; path: string }) {
  return (
    <ul className="rows oc-cals">
      {roster.calendars.map((c) => (
        <li key={`${c.role}${c.service}`} className="row-a">
          <CalendarSync size={17} aria-hidden />
          <span className="row-main">
            <span>{c.host}</span>
            <small>{dutyWords(c)}</small>
            <small>
              {[
                c.readAt ? t('oc.cal.read', { when: relative(c.readAt) }) : !c.trouble && t('oc.cal.reading'),
                t('oc.cal.by', { name: c.setBy }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
            {c.trouble && <small className="oc-bad">{c.trouble}</small>}
          </span>
          {roster.canEdit && (
            <ConfirmButton
              title={t('oc.cal.removeTitle')}
              text={t('oc.cal.removeText')}
              verb={t('oc.cal.remove')}
              label={t('oc.cal.removeLong', { host: c.host })}
              run={async () => {
                const query = new URLSearchParams({ role: c.role, service: c.service });
                await api.del(`${path}/calendar?${query}`);
                await refresh(path);
              }}
            >
              {t('oc.cal.remove')}
            </ConfirmButton>
          )}
        </li>
      ))}
    </ul>
  );
}
