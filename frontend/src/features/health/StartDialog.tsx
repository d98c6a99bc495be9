import { useState } from 'react';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { Dialog } from '../../ui/Dialog';
import { Loaded } from '../../ui/Loaded';
import { t } from './messages';
import type { Check, QuestionSet } from './types';

/** What to ask a team. */
export function StartDialog({
  team,
  onClose,
  onStarted,
}: {
  team: { id: string; name: string };
  onClose: () => void;
  onStarted: (check: Check) => void;
}) {
  const query = useData<{ items: QuestionSet[] }>('/health-questions');
  const [chosen, setChosen] = useState<string[]>(['team']);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const start = async () => {
    if (chosen.length === 0) return setProblem(t('hc.startNeed'));
    setBusy(true);
    setProblem(undefined);
    try {
      const check = await api.post<Check>('/health-checks', { teamId: team.id, sets: chosen });
      void refresh('/health-checks', '/teams/');
      onStarted(check);
    } catch (e) {
      setProblem(e instanceof Error ? e.message : String(e));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('hc.startOf', { team: team.name })}
      onClose={onClose}
      onSubmit={() => void start()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('hc.cancel')}
          </button>
          <button type="submit" className="btn" disabled={busy} data-busy={busy || undefined}>
            {t('hc.startDo')}
          </button>
        </>
      }
    >
      <Loaded query={query}>
        {({ items }) => (
          <fieldset className="hc-sets">
            <legend className="h2">{t('hc.startWhat')}</legend>
            {items.map((set) => (
              <label key={set.key} className="hc-set">
                <input
                  type="checkbox"
                  checked={chosen.includes(set.key)}
                  onChange={(e) => {
                    const on = e.target.checked;
                    setChosen((old) => (on ? [...old, set.key] : old.filter((k) => k !== set.key)));
                  }}
                />
                <span>
                  <b>{set.name}</b>{' '}
                  <span className="quiet">{t('hc.questions', { n: set.questions.length })}</span>
                  <small>{set.about}</small>
                </span>
              </label>
            ))}
          </fieldset>
        )}
      </Loaded>
      <p className="small quiet">{t('hc.startText')}</p>
      {problem && (
        <div role="alert" className="ff-problem">
          {problem}
        </div>
      )}
    </Dialog>
  );
}
