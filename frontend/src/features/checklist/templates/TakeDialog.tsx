import { useState } from 'react';
import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { refresh } from '../../../lib/data';
import { Dialog } from '../../../ui/Dialog';
import { Evidence, Standing } from './Choices';
import { atStandard, MOST_AT_STANDARD } from './draft';
import { t } from './messages';
import type { Proposal, Question, Taking } from './types';

type Stands = Required<Taking> & Pick<Question, 'evidence'>;

/** Takes a proposed question into the draft, as its owner says; what comes of it for a standard checklist stands below. */
export function TakeDialog({
  p,
  items,
  onClose,
}: {
  p: Proposal;
  /** The draft as it is. */
  items: readonly Question[];
  onClose: () => void;
}) {
  const [as, setAs] = useState<Stands>({
    from: 'optional',
    phase: 'pre_prod',
    scope: 'feature',
    evidence: ['text'],
  });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const change = (next: Partial<Stands>) => setAs((old) => ({ ...old, ...next }));
  const bare = as.evidence.length === 0;
  const was = atStandard(items);
  const n = was + atStandard([as]);
  const take = async () => {
    if (bare) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { item = '' } = await api.post<Proposal>(`/checklist-proposals/${p.id}/accept`, as);
      await refresh('/checklist-templates');
      announce(t('ct.accepted', { key: item, how: t(`ct.from.${as.from}`) }));
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('ct.takeTitle')}
      width={620}
      onClose={onClose}
      onSubmit={() => void take()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ct.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={busy || undefined}>
            {t('ct.take')}
          </button>
        </>
      }
    >
      <div>
        <p className="ct-taken">{p.question}</p>
        {p.help && <p className="ct-help">{p.help}</p>}
      </div>
      <div className="ct-four">
        <Standing q={as} onChange={change} />
      </div>
      <Evidence q={as} onChange={change} bad={bare} />
      <p className="ct-count" role="status" data-many={(n > was && n > MOST_AT_STANDARD) || undefined}>
        {n > was ? t('ct.takeCountNow', { n, was }) : t('ct.takeCount', { n })}
        {n > was && n > MOST_AT_STANDARD && <small>{t('ct.takeMany', { most: MOST_AT_STANDARD })}</small>}
      </p>
      {problem && (
        <div role="alert" className="ff-problem">
          {problem}
        </div>
      )}
    </Dialog>
  );
}
