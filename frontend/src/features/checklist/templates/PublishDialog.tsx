import { useState } from 'react';
import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { putData, refresh } from '../../../lib/data';
import { Dialog, Field } from '../../../ui/Dialog';
import { ChangeList } from './Changes';
import { changesOf } from './draft';
import type { DraftKeeper } from './keeper';
import { t } from './messages';
import type { Question, Template } from './types';

/** Makes the draft the newest version, with a note of what changed. */
export function PublishDialog({
  view,
  items,
  keeper,
  onClose,
}: {
  view: Template;
  items: readonly Question[];
  keeper: DraftKeeper;
  onClose: () => void;
}) {
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const publish = async () => {
    setTried(true);
    if (!note.trim()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      if (!(await keeper.flush())) {
        const { why = '', at } = keeper.snapshot();
        setProblem(t('ct.publishNot', { why: at === 'held' ? t('ct.at.held', { why }) : why }));
        return;
      }
      const path = `/checklist-templates/${view.id}`;
      const next = await api.post<Template>(`${path}/publish`, { note: note.trim() });
      keeper.serverSays(next);
      putData<Template>(path, () => next);
      void refresh('/checklist-templates');
      announce(t('ct.published', { n: next.newest }));
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('ct.publishTitle', { n: view.newest + 1 })}
      width={640}
      onClose={onClose}
      onSubmit={() => void publish()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ct.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={busy || undefined}>
            {t('ct.publish')}
          </button>
        </>
      }
    >
      <p>{t('ct.publishText')}</p>
      <Field
        label={t('ct.publishNote')}
        hint={t('ct.publishHint')}
        error={tried && !note.trim() ? t('ct.publishNeed') : undefined}
      >
        <textarea
          data-autofocus
          className="input"
          rows={3}
          maxLength={1000}
          value={note}
          onChange={(e) => setNote(e.target.value)}
        />
      </Field>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard too */}
      <section className="ct-scroll" tabIndex={0} aria-label={t('ct.view.changes')}>
        <ChangeList
          changes={changesOf(view.newest ? view.items : [], items)}
          topics={view.topics}
          origins={view.origins}
        />
      </section>
      {problem && (
        <div role="alert" className="ff-problem">
          {problem}
        </div>
      )}
    </Dialog>
  );
}
