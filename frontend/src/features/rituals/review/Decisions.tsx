import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { Check } from '../../../api/types';
import { ApiError, api } from '../../../lib/api';
import { useForm } from '../../../lib/form';
import { toastError } from '../../../lib/notify';
import { canWaive, useMe } from '../../../lib/session';
import { dateWords } from '../../../lib/time';
import { useOpenBoard } from '../../../live';
import { useBoardFacts } from '../../../live/board-facts';
import { Dialog } from '../../../ui/Dialog';
import { answersOf, EntryChecks, NOTHING_SAID } from '../../../ui/EntryChecks';
import { FormProblem, SelectField, TextField } from '../../../ui/FormField';
import { t } from '../messages';
import type { Review, RitualView } from '../types';
import type { Ritual } from '../use-ritual';
import { Keys } from './Evidence';

/** What was decided, three at most; each is a card on the board. */
export function Decisions({
  review,
  ritual,
  canWork,
  boardId,
  large,
}: {
  review: Review;
  ritual: Ritual;
  canWork: boolean;
  boardId: string;
  large?: boolean;
}) {
  const undo = async (id: string) => {
    try {
      ritual.take(await api.del<RitualView>(`/rituals/${ritual.id}/decisions/${id}`));
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <ol className="rv-decisions" data-large={large || undefined}>
      {review.decisions.map((d) => (
        <li key={d.id}>
          <div>
            <b>{d.title}</b>
            <p className="quiet">
              <Keys keys={[d.key]} boardId={boardId} />{' '}
              {[
                ...d.owners.map((o) => o.name),
                d.dueOn && t('rv.by', { date: dateWords(d.dueOn) }),
                d.signal && t('rv.knowBy', { signal: d.signal }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
          {canWork && (
            <button
              type="button"
              className="btn ghost sm icon"
              aria-label={t('rv.undo', { key: d.key })}
              title={t('rv.undo', { key: d.key })}
              onClick={() => void undo(d.id)}
            >
              <Undo2 size={15} aria-hidden />
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}

export function DecideDialog({
  view,
  ritual,
  onClose,
}: {
  view: RitualView;
  ritual: Ritual;
  onClose: () => void;
}) {
  const me = useMe();
  const store = useOpenBoard(view.series.boardId);
  const ready = useBoardFacts(store);
  const people = ready && store ? [...store.people().values()].filter((p) => p.active) : [];
  const [needsWhy, setNeedsWhy] = useState(false);
  const [checks, setChecks] = useState<Check[]>([]);
  const [said, setSaid] = useState(NOTHING_SAID);
  const form = useForm({
    initial: { title: '', ownerId: me.person.id, dueOn: '', signal: '', reason: '' },
    checks: { title: (v) => !v.trim() && t('rv.titleNeeded') },
    submit: async (v) => {
      try {
        const made = await api.post<RitualView>(`/rituals/${ritual.id}/decisions`, {
          title: v.title.trim(),
          ...(v.ownerId ? { ownerId: v.ownerId } : {}),
          ...(v.dueOn ? { dueOn: v.dueOn } : {}),
          ...(v.signal.trim() ? { signal: v.signal.trim() } : {}),
          ...(v.reason.trim() ? { reason: v.reason.trim() } : {}),
          ...(checks.length ? answersOf(checks, said) : {}),
        });
        ritual.take(made);
      } catch (error) {
        if (error instanceof ApiError) {
          const needs = error.extra.needs as string[] | undefined;
          if (needs?.includes('limit')) setNeedsWhy(true);
          const asked = error.extra.checks as Check[] | undefined;
          if (asked?.length) setChecks(asked);
        }
        throw error;
      }
      onClose();
    },
  });
  return (
    <Dialog
      title={t('rv.decide')}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('rs.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t('rv.decideIt')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      <TextField label={t('rv.title')} maxLength={300} data-autofocus {...form.field('title')} />
      <div className="ri-pair">
        <SelectField label={t('rv.owner')} {...form.field('ownerId')}>
          <option value="">{t('rd.nobody')}</option>
          {people
            .sort((a, b) => a.name.localeCompare(b.name))
            .map((p) => (
              <option key={p.id} value={p.id}>
                {p.name}
              </option>
            ))}
        </SelectField>
        <TextField label={t('rv.due')} type="date" {...form.field('dueOn')} />
      </div>
      <TextField label={t('rv.signal')} maxLength={500} {...form.field('signal')} />
      {needsWhy && <TextField label={t('rp.askLimit')} maxLength={2000} {...form.field('reason')} />}
      {checks.length > 0 && (
        <EntryChecks
          checks={checks}
          mayWaive={canWaive(me, view.series.teamId)}
          said={said}
          onSay={setSaid}
          tried
        />
      )}
    </Dialog>
  );
}
