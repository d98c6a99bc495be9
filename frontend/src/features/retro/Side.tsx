import { Check, Crown, Lock, QrCode, Users } from 'lucide-react';
import { useState } from 'react';
import { Avatar } from '../../ui/Avatar';
import { DiscIcon } from '../../ui/DiscIcon';
import { HowItWorks } from '../../ui/how/HowItWorks';
import { ActionList } from './ActionList';
import { Invite } from './Invite';
import { Leaders } from './Leaders';
import { useLate } from './late';
import { t } from './messages';
import { CarriedList } from './phases/LastActions';
import { useRoom } from './room';
import type { Phase } from './types';
import { first, isBefore } from './words';

/** Who is there and done, what was decided last time, and what this time. */
export function Side({ shown }: { shown: Phase }) {
  const { view } = useRoom();
  const { retro: head, carried, actions } = view;
  const deciding = !isBefore(head.phase, 'vote');
  return (
    <aside className="rt-side" aria-label={t(`rt.who.${head.phase}`)}>
      <Crowd />
      <Late />
      {carried.length > 0 && shown !== 'review_actions' && (
        <section className="panel">
          <div className="rt-ph">
            <h2 className="h2">{t('rt.last')}</h2>
            <span className="quiet small num">
              {t('rt.lastN', { n: carried.filter((c) => c.state !== 'open').length, of: carried.length })}
            </span>
          </div>
          <CarriedList short />
        </section>
      )}
      {deciding && shown !== 'commit' && (
        <section className="panel">
          <div className="rt-ph">
            <h2 className="h2">{t('rt.actions')}</h2>
            <span className="quiet small num">
              {t(head.phase === 'published' ? 'rt.actionsAll' : 'rt.actionsN', { n: actions.length })}
            </span>
          </div>
          <ActionList />
        </section>
      )}
      {(head.phase === 'checkin' || head.phase === 'write') && (
        <p className="rt-hint">
          <Lock size={14} aria-hidden />
          {t('rt.hint')}
        </p>
      )}
      <div>
        <HowItWorks kind="retro" teamId={head.teamId} />
      </div>
    </aside>
  );
}

/** Phases in which all do the same at once. */
const TOGETHER: readonly Phase[] = ['review_actions', 'discuss', 'commit'];

function Crowd() {
  const { view, retro } = useRoom();
  const { retro: head, people, me } = view;
  const [open, setOpen] = useState<'invite' | 'leaders'>();
  const over = head.phase === 'published';
  const early = head.phase === 'open';
  // Where people talk, nobody is done by themselves.
  const counts = !over && !early && !TOGETHER.includes(head.phase);
  const shown = people.filter((p) => over || early || p.here || p.done);
  const away = people.length - shown.length;
  return (
    <section className="panel rt-done">
      <div className="rt-ph">
        <h2 className="h2">{t(`rt.who.${head.phase}`)}</h2>
        {counts && (
          <span className="quiet small num">
            {t('rt.doneN', { n: shown.filter((p) => p.done).length, of: shown.length })}
          </span>
        )}
      </div>
      <ul>
        {shown.map((p) => (
          <li key={p.id} data-ok={(counts && p.done) || undefined}>
            <span className="rt-face">
              <Avatar person={p} size={36} decorative />
              {counts && p.done && (
                <i>
                  <Check size={11} strokeWidth={3} aria-hidden />
                </i>
              )}
            </span>
            <span>
              <span className="rt-name">{first(p.name)}</span> <DiscIcon d={p.discipline} size={12} />
              {p.facilitator && <Crown size={12} aria-label={t('rt.leads')} />}
            </span>
            {counts && <span className="sr">{t(p.done ? 'rt.isDone' : 'rt.isBusy')}</span>}
          </li>
        ))}
      </ul>
      {away > 0 && (
        <p className="rt-away small quiet">
          {people
            .filter((p) => !shown.includes(p))
            .map((p) => first(p.name))
            .join(', ')}{' '}
          {t('rt.isAway')}
        </p>
      )}
      {me.quiet !== undefined && me.quiet > 0 && head.phase === 'write' && (
        <p className="rt-away small quiet">{t('rt.quiet', { n: me.quiet })}</p>
      )}
      {me.canWrite && counts && (
        <button
          type="button"
          className="btn soft rt-wide"
          aria-pressed={me.done}
          onClick={() => retro.act({ do: 'done', done: !me.done })}
        >
          <Check size={15} aria-hidden />
          {t('rt.iAmDone')}
        </button>
      )}
      {me.canWrite && counts && !me.done && <p className="rt-away small quiet">{t('rt.iAmDoneWhy')}</p>}
      {!over && (
        <div className="rt-crowd-a">
          {head.code && (
            <button
              type="button"
              className="btn ghost sm"
              aria-haspopup="dialog"
              onClick={() => setOpen('invite')}
            >
              <QrCode size={15} aria-hidden />
              {t('rt.invite')}
            </button>
          )}
          {me.canFacilitate && !early && (
            <button
              type="button"
              className="btn ghost sm"
              aria-haspopup="dialog"
              onClick={() => setOpen('leaders')}
            >
              <Users size={15} aria-hidden />
              {t('rt.leaders')}
            </button>
          )}
        </div>
      )}
      {open === 'invite' && <Invite head={head} onClose={() => setOpen(undefined)} />}
      {open === 'leaders' && <Leaders onClose={() => setOpen(undefined)} />}
    </section>
  );
}

/** What was written and not taken any more is not lost. */
function Late() {
  const { retro } = useRoom();
  const [late, forget] = useLate(retro.id);
  if (late.length === 0) return null;
  return (
    <section className="panel rt-late" role="status">
      <h2 className="h2">{t('rt.late')}</h2>
      <p className="small">{t('rt.lateText')}</p>
      <ul>
        {late.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <button type="button" className="btn line sm" onClick={forget}>
        {t('rt.lateForget')}
      </button>
    </section>
  );
}
