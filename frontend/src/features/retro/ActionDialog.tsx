import { useState } from 'react';
import type { Check } from '../../api/types';
import { ApiError, api, NetworkError } from '../../lib/api';
import { readDraft, writeDraft } from '../../lib/drafts';
import { useForm } from '../../lib/form';
import { hasRight, useMe } from '../../lib/session';
import { useOnce } from '../../lib/use-once';
import { Dialog } from '../../ui/Dialog';
import { answersOf, EntryChecks, NOTHING_SAID } from '../../ui/EntryChecks';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { workdayIn } from './in-days';
import { t } from './messages';
import { useRoom } from './room';
import type { Action, Group, RetroView } from './types';

const ENOUGH = 3;
const DAYS = 14;

/** What was written when the server could not be reached. */
function kept(draft: string): Record<string, string> {
  try {
    return JSON.parse(readDraft(draft)?.text ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}

/** An action with all that makes it one that is done: who, until when, and how everybody will know. */
export function ActionDialog({
  action,
  group,
  onClose,
}: {
  action?: Action;
  group?: Group;
  onClose: () => void;
}) {
  const { view, retro } = useRoom();
  const me = useMe();
  const [needsWhy, setNeedsWhy] = useState(!action && view.actions.length >= ENOUGH);
  const [checks, setChecks] = useState<Check[]>([]);
  const [said, setSaid] = useState(NOTHING_SAID);
  const draft = `retro.${retro.id}.action.${action?.id ?? group?.id ?? 'new'}`;
  const once = useOnce();
  const form = useForm({
    initial: {
      title: action?.title ?? '',
      ownerId: action?.ownerId ?? '',
      dueOn: action?.dueOn ?? workdayIn(DAYS),
      signal: action?.signal ?? '',
      reason: '',
      ...kept(draft),
    },
    checks: {
      title: (v) => !v.trim() && t('rt.action.titleNeeded'),
      ownerId: (v) => !v && t('rt.action.ownerNeeded'),
      dueOn: (v) => !v && t('rt.action.dueNeeded'),
      signal: (v) => !v.trim() && t('rt.action.signalNeeded'),
      reason: (v) => needsWhy && !v.trim() && t('rt.action.reason'),
    },
    submit: async (v) => {
      const body = { title: v.title.trim(), ownerId: v.ownerId, dueOn: v.dueOn, signal: v.signal.trim() };
      const made = {
        ...body,
        ...(group ? { groupId: group.id } : {}),
        ...(v.reason.trim() ? { reason: v.reason.trim() } : {}),
        ...(checks.length ? answersOf(checks, said) : {}),
      };
      try {
        retro.take(
          action
            ? await api.patch<RetroView>(`/retro-actions/${action.id}`, body)
            : await once(made, (key) => api.post<RetroView>(`/retros/${retro.id}/actions`, made, { key })),
        );
        writeDraft(draft, undefined);
        onClose();
      } catch (error) {
        if (error instanceof NetworkError) {
          writeDraft(draft, { text: JSON.stringify(v) });
          throw new Error(t('rt.action.kept'));
        }
        if (error instanceof ApiError) {
          const needs = error.extra.needs as string[] | undefined;
          if (needs?.some((n) => n === 'reason' || n === 'limit')) setNeedsWhy(true);
          const asked = error.extra.checks as Check[] | undefined;
          if (asked?.length) setChecks(asked);
        }
        throw error;
      }
    },
  });
  return (
    <Dialog
      title={t(action ? 'rt.action.change' : 'rt.action.new')}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('rt.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t(action ? 'rt.save' : 'rt.action.add')}
          </button>
        </>
      }
    >
      {group && <p className="rt-quote">{group.title}</p>}
      <FormProblem>{form.problem}</FormProblem>
      <TextField label={t('rt.action.title')} maxLength={300} data-autofocus {...form.field('title')} />
      <div className="form-row">
        <SelectField label={t('rt.action.owner')} {...form.field('ownerId')}>
          <option value="">{t('rt.action.ownerNeeded')}</option>
          {view.people.map((p) => (
            <option key={p.id} value={p.id}>
              {p.name}
            </option>
          ))}
          {action?.ownerId && !view.people.some((p) => p.id === action.ownerId) && (
            <option value={action.ownerId}>{action.ownerName}</option>
          )}
        </SelectField>
        <TextField label={t('rt.action.due')} type="date" {...form.field('dueOn')} />
      </div>
      <TextField
        label={t('rt.action.signal')}
        hint={t('rt.action.signalHint')}
        maxLength={500}
        {...form.field('signal')}
      />
      {needsWhy && <TextField label={t('rt.action.reason')} maxLength={2000} {...form.field('reason')} />}
      {checks.length > 0 && (
        <EntryChecks
          checks={checks}
          mayWaive={hasRight(me, view.retro.teamId, 'lead')}
          said={said}
          onSay={setSaid}
          tried
        />
      )}
    </Dialog>
  );
}
