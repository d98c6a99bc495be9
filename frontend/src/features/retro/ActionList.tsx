import { Link } from '@tanstack/react-router';
import { ClipboardCheck, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useMe, worksSomewhere } from '../../lib/session';
import { dateWords } from '../../lib/time';
import { Avatar } from '../../ui/Avatar';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { ActionDialog } from './ActionDialog';
import { t } from './messages';
import { Propose } from './Propose';
import { useRoom } from './room';
import type { Action } from './types';
import './talk.css';

/** What this retro has decided; each is a card of the board. */
export function ActionList({ full }: { full?: boolean }) {
  const { view, retro } = useRoom();
  const [open, setOpen] = useState<Action>();
  const [proposing, setProposing] = useState<Action>();
  const may = view.me.canWork && view.retro.phase !== 'published';
  const works = worksSomewhere(useMe()); // a question for all checklists may come of it when the retro is over, too
  const people = new Map(view.people.map((p) => [p.id, p]));
  return (
    <>
      <ul className="rows rt-acts" data-full={full || undefined}>
        {view.actions.map((a) => (
          <li key={a.id}>
            <h3>
              {a.title}{' '}
              <Link to="/c/$key" params={{ key: a.cardKey } as never} className="mono rt-key">
                {a.cardKey}
              </Link>
            </h3>
            <dl>
              <dt>{t('rt.owner')}</dt>
              <dd>
                {a.ownerId && people.has(a.ownerId) && (
                  <Avatar person={people.get(a.ownerId)} size={20} decorative />
                )}
                {a.ownerName || t('rt.action.nobody')}
              </dd>
              <dt>{t('rt.due')}</dt>
              <dd>{a.dueOn ? dateWords(a.dueOn) : ''}</dd>
              <dt>{t('rt.knowBy')}</dt>
              <dd>{a.signal}</dd>
            </dl>
            {works && (
              <div className="rt-acts-a">
                <button
                  type="button"
                  className="btn ghost sm icon"
                  aria-haspopup="dialog"
                  aria-label={t('rt.proposeFrom', { title: a.title })}
                  title={t('rt.proposeFrom', { title: a.title })}
                  onClick={() => setProposing(a)}
                >
                  <ClipboardCheck size={15} aria-hidden />
                </button>
                {may && (
                  <button
                    type="button"
                    className="btn ghost sm icon"
                    aria-haspopup="dialog"
                    aria-label={t('rt.action.changeWhat', { title: a.title })}
                    onClick={() => setOpen(a)}
                  >
                    <Pencil size={15} aria-hidden />
                  </button>
                )}
                {may && full && (
                  <ConfirmButton
                    className="btn ghost sm icon"
                    label={t('rt.action.removeWhat', { title: a.title })}
                    title={t('rt.action.removeTitle')}
                    text={t('rt.action.removeText', { key: a.cardKey })}
                    verb={t('rt.action.remove')}
                    run={() => retro.ask(`/retro-actions/${a.id}`, undefined, 'del')}
                  >
                    <Trash2 size={15} aria-hidden />
                  </ConfirmButton>
                )}
              </div>
            )}
          </li>
        ))}
        {view.actions.length === 0 && !full && (
          <li className="rt-none">
            <Plus size={15} aria-hidden />
            {t('rt.actionsNone')}
          </li>
        )}
      </ul>
      {open && <ActionDialog action={open} onClose={() => setOpen(undefined)} />}
      {proposing && <Propose why={proposing.title} onClose={() => setProposing(undefined)} />}
    </>
  );
}
