import { useEffect, useState } from 'react';
import type { OpenBlocker, Person } from '../../api/types';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { toastError } from '../../lib/notify';
import { useSession } from '../../lib/session';
import { dateWords, daysUntil } from '../../lib/time';
import { useBoard, usePeople } from '../../live';
import { Field } from '../../ui/Dialog';
import { dayIn, QuickDays } from '../../ui/QuickDays';
import css from './card.module.css';
import { useRoom } from './context';
import { t } from './messages';

/** Who was asked to see to a blocker and by when they said they would, and the two forms for it. */
export function Raised({ blocker: b }: { blocker: OpenBlocker }) {
  const { face, can, me } = useRoom();
  const session = useSession();
  const people = usePeople();
  const zone = useBoard().timeZone;
  const [open, setOpen] = useState<'raise' | 'promise'>();
  if (b.id.startsWith('new:')) return null; // not sent yet
  const mine = b.raisedTo === me.id;
  const role = session.state === 'in' ? session.me.person.role : 'guest';
  const manager = role === 'manager' || role === 'admin';
  const mayPromise = mine || manager || (!b.raisedTo && can.work);
  const who = b.raisedTo ? (people.get(b.raisedTo)?.name ?? t('card.someone')) : '';
  const left = b.promisedOn ? daysUntil(b.promisedOn, Date.now(), zone) : 0;
  const send = async (path: string, body: unknown, said: string) => {
    setOpen(undefined);
    try {
      await api.post(`/blockers/${b.id}/${path}`, body);
      announce(said);
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <>
      {b.raisedTo && (
        <p className={css.sub} data-late={b.promisedOn && left < 0 ? '' : undefined}>
          {b.promisedOn
            ? t(left < 0 ? 'card.promisedLate' : 'card.promisedBy', { who, day: dateWords(b.promisedOn) })
            : t('card.raisedTo', { who })}
        </p>
      )}
      {(can.work || mayPromise) && !open && (
        <p className={css.acts}>
          {mayPromise && (
            <button type="button" className="btn line sm" onClick={() => setOpen('promise')}>
              {b.promisedOn && mine ? t('card.promiseOther') : t('card.promise')}
            </button>
          )}
          {can.work && (
            <button type="button" className="btn ghost sm" onClick={() => setOpen('raise')}>
              {b.raisedTo ? t('card.raiseOther') : t('card.raise')}
            </button>
          )}
          {can.work && b.raisedTo && (
            <button
              type="button"
              className="btn ghost sm"
              onClick={() => void send('raise', { personId: '' }, t('card.raiseBackSaid', { key: face.key }))}
            >
              {t('card.raiseBack')}
            </button>
          )}
        </p>
      )}
      {open === 'raise' && (
        <RaiseForm
          to={b.raisedTo ?? ''}
          onDone={(p) =>
            p
              ? void send('raise', { personId: p.id }, t('card.raisedSaid', { key: face.key, who: p.name }))
              : setOpen(undefined)
          }
        />
      )}
      {open === 'promise' && (
        <PromiseForm
          on={b.promisedOn ?? ''}
          onDone={(on) =>
            on
              ? void send('promise', { on }, t('card.promisedSaid', { key: face.key, day: dateWords(on) }))
              : setOpen(undefined)
          }
        />
      )}
    </>
  );
}

function RaiseForm({ to, onDone }: { to: string; onDone: (p?: Person) => void }) {
  const people = usePeople();
  const [list, setList] = useState<readonly Person[]>(() => [...people.values()]);
  const [id, setId] = useState(to);
  useEffect(() => {
    let here = true;
    // also who is not of this team: a manager, somebody of the team that is waited for
    api.get<{ items: Person[] }>('/people').then(
      ({ items }) => here && setList(items),
      () => {},
    );
    return () => {
      here = false;
    };
  }, []);
  const sorted = list.filter((p) => p.active).sort((a, b) => a.name.localeCompare(b.name));
  return (
    <Small
      label={t('card.raise')}
      save={t('card.raiseDo')}
      ready={id !== '' && id !== to}
      onSave={() => onDone(sorted.find((p) => p.id === id))}
      onCancel={() => onDone()}
    >
      <Field label={t('card.raiseWho')}>
        <select
          className="input sm"
          // biome-ignore lint/a11y/noAutofocus: the form was asked for by this very press
          autoFocus
          value={id}
          onChange={(e) => setId(e.target.value)}
        >
          <option value="" disabled>
            {t('card.choose')}
          </option>
          {sorted.map((p) => (
            <option key={p.id} value={p.id}>
              {p.name}
            </option>
          ))}
        </select>
      </Field>
    </Small>
  );
}

function PromiseForm({ on, onDone }: { on: string; onDone: (on?: string) => void }) {
  const [day, setDay] = useState(on || dayIn(2));
  return (
    <Small
      label={t('card.promise')}
      save={t('card.promiseDo')}
      ready={day !== '' && day !== on}
      onSave={() => onDone(day)}
      onCancel={() => onDone()}
    >
      <Field label={t('card.promiseDay')} hint={t('card.promiseHint')}>
        <input
          type="date"
          className="input sm"
          // biome-ignore lint/a11y/noAutofocus: the form was asked for by this very press
          autoFocus
          min={dayIn(0)}
          value={day}
          onChange={(e) => setDay(e.target.value)}
        />
      </Field>
      <QuickDays value={day} onPick={setDay} />
    </Small>
  );
}

/** A small form in a list: Enter saves, Esc leaves it without closing the card. */
export function Small(props: {
  label: string;
  save: string;
  ready: boolean;
  onSave: () => void;
  onCancel: () => void;
  children: React.ReactNode;
}) {
  return (
    <form
      className={css.form}
      aria-label={props.label}
      onSubmit={(e) => {
        e.preventDefault();
        if (props.ready) props.onSave();
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return;
        e.preventDefault();
        e.stopPropagation();
        props.onCancel();
      }}
    >
      {props.children}
      <div className={css.formFoot}>
        <button type="button" className="btn line sm" onClick={props.onCancel}>
          {t('card.cancel')}
        </button>
        <button type="submit" className="btn sm" disabled={!props.ready}>
          {props.save}
        </button>
      </div>
    </form>
  );
}
