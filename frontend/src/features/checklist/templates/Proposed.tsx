import { Lightbulb } from 'lucide-react';
import { useState } from 'react';
import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { refresh, useData } from '../../../lib/data';
import { Avatar } from '../../../ui/Avatar';
import { Dialog, Field } from '../../../ui/Dialog';
import { EmptyState } from '../../../ui/EmptyState';
import { Loaded } from '../../../ui/Loaded';
import { Source } from '../From';
import { shortDay } from '../words';
import { t } from './messages';
import { TakeDialog } from './TakeDialog';
import type { Proposal, Question, Template } from './types';

/** What was proposed: taken into the draft, or declined with why. */
export function Proposed({
  view,
  items,
  onPropose,
}: {
  view: Template;
  /** The draft as it is. */
  items: readonly Question[];
  onPropose?: () => void;
}) {
  const path = `/checklist-templates/${view.id}/proposals`;
  const query = useData<{ items: Proposal[] }>(path);
  const [declining, setDeclining] = useState<Proposal>();
  const [taking, setTaking] = useState<Proposal>();
  return (
    <>
      <Loaded query={query} failed={t('ct.proposalsError')}>
        {({ items }) => {
          const open = items.filter((p) => p.state === 'open');
          const decided = items.filter((p) => p.state !== 'open');
          return items.length === 0 ? (
            <EmptyState
              icon={<Lightbulb size={28} />}
              title={t('ct.proposedNone')}
              action={
                onPropose && (
                  <button type="button" className="btn line" onClick={onPropose}>
                    {t('ct.propose')}
                  </button>
                )
              }
            >
              {t('ct.proposedNoneText')}
            </EmptyState>
          ) : (
            <div className="ct-narrow">
              {open.length > 0 && (
                <section>
                  <h2 className="h2 ctl-h">{t('ct.waits')}</h2>
                  <ul className="panel rows">
                    {open.map((p) => (
                      <li key={p.id} className="ct-p">
                        <About p={p} topics={view.topics} />
                        {view.mayEdit && (
                          <div className="ct-acts">
                            <button type="button" className="btn line sm" onClick={() => setDeclining(p)}>
                              {t('ct.decline')}
                            </button>
                            <button type="button" className="btn soft sm" onClick={() => setTaking(p)}>
                              {t('ct.accept')}
                            </button>
                          </div>
                        )}
                      </li>
                    ))}
                  </ul>
                </section>
              )}
              {decided.length > 0 && (
                <section>
                  <h2 className="h2 ctl-h">{t('ct.decided')}</h2>
                  <ul className="panel rows">
                    {decided.map((p) => (
                      <li key={p.id} className="ct-p" data-gone="">
                        <About p={p} topics={view.topics} />
                      </li>
                    ))}
                  </ul>
                </section>
              )}
            </div>
          );
        }}
      </Loaded>
      {taking && <TakeDialog p={taking} items={items} onClose={() => setTaking(undefined)} />}
      {declining && <DeclineDialog p={declining} onClose={() => setDeclining(undefined)} />}
    </>
  );
}

function About({ p, topics }: { p: Proposal; topics: Template['topics'] }) {
  return (
    <div>
      <p className="ct-ph">
        <b>{p.question}</b>
        <span className="tag">{topics.find((x) => x.key === p.topic)?.name}</span>
        {p.state !== 'open' && (
          <span className="pill" data-t={p.state === 'accepted' ? 'ok' : undefined}>
            {p.state === 'accepted' ? t('ct.acceptedAs', { key: p.item ?? '' }) : t('ct.declined')}
          </span>
        )}
      </p>
      {p.help && <p className="ct-help">{p.help}</p>}
      <p className="ct-why">{p.why}</p>
      {p.reason && (
        <p className="ct-why" data-no="">
          <b>{p.decidedBy?.name}:</b> {p.reason}
        </p>
      )}
      <p className="ct-by">
        <Avatar person={p.by} size={18} decorative />
        {t('ct.byOn', { name: p.by.name, date: shortDay(p.at) })}
        {p.source && (
          <span>
            {t('ct.source')} <Source of={p.source} />
          </span>
        )}
      </p>
    </div>
  );
}

function DeclineDialog({ p, onClose }: { p: Proposal; onClose: () => void }) {
  const [why, setWhy] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const decline = async () => {
    setTried(true);
    if (!why.trim()) return;
    setBusy(true);
    try {
      await api.post(`/checklist-proposals/${p.id}/decline`, { why: why.trim() });
      await refresh('/checklist-templates');
      announce(t('ct.declinedNow'));
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('ct.declineTitle', { question: p.question })}
      onClose={onClose}
      onSubmit={() => void decline()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ct.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={busy || undefined}>
            {t('ct.decline')}
          </button>
        </>
      }
    >
      <Field
        label={t('ct.declineWhy')}
        hint={t('ct.declineHint', { name: p.by.name })}
        error={tried && !why.trim() ? t('ct.declineNeed') : undefined}
      >
        <textarea
          data-autofocus
          className="input"
          rows={3}
          maxLength={2000}
          value={why}
          onChange={(e) => setWhy(e.target.value)}
        />
      </Field>
      {problem && (
        <div role="alert" className="ff-problem">
          {problem}
        </div>
      )}
    </Dialog>
  );
}
