import { Link } from '@tanstack/react-router';
import { UserRoundMinus, UserRoundPlus, Video } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Discipline } from '../../api/types';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { toastError } from '../../lib/notify';
import { clock, longDay, otherZone } from '../../lib/time';
import { Dialog } from '../../ui/Dialog';
import { DiscIcon } from '../../ui/DiscIcon';
import { FormProblem } from '../../ui/FormField';
import { disciplineName } from '../../ui/messages';
import { KindIcon } from './KindIcon';
import './dialogs.css';
import { t } from './messages';
import type { Occurrence } from './types';

interface Person {
  id: string;
  name: string;
  discipline: Discipline;
  active: boolean;
}

/** One ritual at one time: who agreed, who is invited, who came; and the way in. */
export function OccurrenceDialog({
  o,
  teamName,
  canInvite,
  onClose,
}: {
  o: Occurrence;
  teamName: string;
  canInvite: boolean;
  onClose: () => void;
}) {
  const there = o.timeZone ? otherZone(o.timeZone) : undefined;
  const over = o.state === 'held' || o.state === 'missed';
  const state =
    o.state === 'held'
      ? o.minutes
        ? t('ca.held', { n: o.minutes })
        : t('ca.wasHeld')
      : o.state === 'missed'
        ? t('ca.missed')
        : o.state === 'running'
          ? t('ca.now')
          : '';
  return (
    <Dialog
      title={o.title}
      width={500}
      onClose={onClose}
      actions={
        <>
          {o.joinUrl && (
            <a className="btn line" href={o.joinUrl} target="_blank" rel="noreferrer">
              <Video size={15} aria-hidden />
              {t('co.join')}
            </a>
          )}
          <Link to={o.link as never} className="btn" data-autofocus>
            {t('co.open')}
          </Link>
        </>
      }
    >
      <p className="co-when" data-kind={o.kind}>
        <KindIcon kind={o.kind} size={16} />
        <span>
          <b>
            {longDay(o.startsAt)}, {clock(o.startsAt)} – {clock(o.endsAt)}
          </b>
          {there && <small>{t('co.there', { time: clock(o.startsAt, o.timeZone), zone: there })}</small>}
          <small>{[t(`ca.kind.${o.kind}`), teamName, o.boardName, state].filter(Boolean).join(' · ')}</small>
        </span>
      </p>
      <Part title={t('co.agreed')}>
        {o.agreed.length === 0 && <p className="quiet small">{t('co.nobodyAgreed')}</p>}
        {o.agreed.map((a) => (
          <Who
            key={`${a.discipline}${a.personId ?? ''}`}
            d={a.discipline}
            name={a.name ?? t('co.any', { discipline: disciplineName(a.discipline).toLowerCase() })}
            came={a.came}
          />
        ))}
      </Part>
      {(o.invited.length > 0 || (canInvite && !over)) && (
        <Part title={t('co.invited')}>
          {o.invited.map((i) => (
            <Who key={i.id} d={i.discipline as Discipline} name={i.name} came={i.came}>
              {canInvite && !over && <Uninvite id={i.id} name={i.name} />}
            </Who>
          ))}
          {canInvite && !over && <Invite o={o} />}
        </Part>
      )}
      {(o.state === 'held' || o.state === 'running') && (
        <Part title={t('co.came')}>
          {o.came.length + o.core === 0 && <p className="quiet small">{t('co.nobody')}</p>}
          {o.came.map((p) => (
            <Who key={p.personId} d={p.discipline as Discipline} name={p.name} word={t(`co.as.${p.role}`)} />
          ))}
          {o.core > 0 && <p className="small">{t('co.core', { n: o.core })}</p>}
        </Part>
      )}
    </Dialog>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="co-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Who({
  d,
  name,
  came,
  word,
  children,
}: {
  d: Discipline;
  name: string;
  came?: boolean;
  word?: string;
  children?: ReactNode;
}) {
  return (
    <p className="co-who">
      <DiscIcon d={d} size={15} solid={came !== false} />
      <span>{name}</span>
      {word && <small>{word}</small>}
      {came !== undefined && (
        <span className="pill" data-t={came ? 'ok' : 'warn'}>
          {came ? t('co.yes') : t('co.no')}
        </span>
      )}
      {children}
    </p>
  );
}

function Invite({ o }: { o: Occurrence }) {
  const people = useData<{ items: Person[] }>('/people').data?.items ?? [];
  const [who, setWho] = useState('');
  const [problem, setProblem] = useState<string>();
  const [told, setTold] = useState('');
  const taken = new Set([...o.invited.map((i) => i.personId), ...o.agreed.map((a) => a.personId)]);
  const free = people.filter((p) => p.active && !taken.has(p.id));
  const groups = (['operations', 'security', 'development', 'product', 'quality', 'other'] as const)
    .map((d) => ({ d, list: free.filter((p) => p.discipline === d) }))
    .filter((g) => g.list.length > 0);
  const invite = async () => {
    if (!who) return;
    setProblem(undefined);
    try {
      await api.post('/calendar/invitations', {
        seriesId: o.seriesId,
        startsAt: o.startsAt,
        personIds: [who],
      });
      setTold(t('co.told', { name: people.find((p) => p.id === who)?.name ?? '' }));
      setWho('');
      await refresh('/calendar');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <div className="co-invite">
        <select
          className="input sm"
          aria-label={t('co.invitee')}
          value={who}
          onChange={(e) => setWho(e.target.value)}
        >
          <option value="">{t('co.choose')}</option>
          {groups.map(({ d, list }) => (
            <optgroup key={d} label={disciplineName(d)}>
              {list.map((p) => (
                <option key={p.id} value={p.id}>
                  {p.name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        <button type="button" className="btn line sm" disabled={!who} onClick={() => void invite()}>
          <UserRoundPlus size={15} aria-hidden />
          {t('co.invite')}
        </button>
      </div>
      <FormProblem>{problem}</FormProblem>
      <p className="small quiet" aria-live="polite">
        {told}
      </p>
    </>
  );
}

function Uninvite({ id, name }: { id: string; name: string }) {
  const [busy, setBusy] = useState(false);
  return (
    <button
      type="button"
      className="btn ghost icon sm"
      aria-label={t('co.uninvite', { name })}
      disabled={busy}
      onClick={() => {
        setBusy(true);
        void api
          .del(`/calendar/invitations/${id}`)
          .then(() => refresh('/calendar'), toastError)
          .finally(() => setBusy(false));
      }}
    >
      <UserRoundMinus size={15} aria-hidden />
    </button>
  );
}
