import { type ReactNode, useState } from 'react';
import { api } from '../../lib/api';
import { refresh } from '../../lib/data';
import { useForm } from '../../lib/form';
import { Dialog, Field } from '../../ui/Dialog';
import { FormProblem, TextField } from '../../ui/FormField';
import { dayIn } from '../../ui/QuickDays';
import { t } from './messages';
import { useRoom } from './room';
import type { Changed, Item } from './types';

/** Words that go with something: a question asked back, a reason. */
export function WordsDialog({
  title,
  about,
  label,
  hint,
  need,
  verb,
  most = 4000,
  onDone,
  onClose,
}: {
  title: string;
  /** What it is about, to be read while one writes. */
  about?: ReactNode;
  label: string;
  hint?: string;
  need: string;
  verb: string;
  most?: number;
  onDone: (text: string) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (!text.trim()) return;
        onDone(text.trim());
        onClose();
      }}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ck.cancel')}
          </button>
          <button type="submit" className="btn">
            {verb}
          </button>
        </>
      }
    >
      {about}
      <Field label={label} hint={hint} error={tried && !text.trim() ? need : undefined}>
        <textarea
          data-autofocus
          className="input"
          rows={4}
          maxLength={most}
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
      </Field>
    </Dialog>
  );
}

const GAP_DAYS = 21;

/** Somebody takes a gap upon them until a day; a card sees to it. */
export function GapDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  const { live } = useRoom();
  const form = useForm({
    initial: { why: '', until: dayIn(GAP_DAYS) },
    checks: {
      why: (v) => !v.trim() && t('ck.gap.whyNeed'),
      until: (v) => !v && t('ck.gap.untilNeed'),
    },
    submit: async (v) => {
      live.take(
        await api.post<Changed>(`/checklists/${live.id}/items/${item.key}/gap`, {
          why: v.why.trim(),
          until: v.until,
        }),
      );
      void refresh('/checklists');
      onClose();
    },
  });
  return (
    <Dialog
      title={t('ck.gap.title', { key: item.key })}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ck.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t('ck.gap')}
          </button>
        </>
      }
    >
      <p>{t('ck.gap.text')}</p>
      <TextField label={t('ck.gap.why')} {...form.field('why')} data-autofocus maxLength={500} />
      <TextField label={t('ck.gap.until')} type="date" min={dayIn(0)} {...form.field('until')} />
      <FormProblem>{form.problem}</FormProblem>
    </Dialog>
  );
}
