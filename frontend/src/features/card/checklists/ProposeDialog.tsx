import { useState } from 'react';
import type { components } from '../../../api/schema';
import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { refresh, useData } from '../../../lib/data';
import { toast } from '../../../lib/notify';
import { Dialog, Field } from '../../../ui/Dialog';
import { t } from './messages';

type Schemas = components['schemas'];
type New = Schemas['ChecklistNewProposal'];

export interface Proposing {
  /** For which template; without it, one is chosen of those that the team may use. */
  templateId?: string;
  teamId?: string;
  topic?: New['topic'];
  source?: New['source'];
  /** What to begin with. */
  why?: string;
}

/** Somebody proposes a question for a template, from where they saw that it was missing. */
export function ProposeDialog({ about, onClose }: { about: Proposing; onClose: () => void }) {
  const query = useData<{ items: Schemas['ChecklistTemplateHead'][] }>(
    `/checklist-templates${about.teamId ? `?teamId=${about.teamId}` : ''}`,
  );
  const offered = (query.data?.items ?? []).filter((x) => !x.retiredAt);
  const [chosen, setChosen] = useState(about.templateId);
  const template = chosen ?? offered[0]?.id;
  const topics = useData<Schemas['ChecklistTemplateView']>(
    template ? `/checklist-templates/${template}` : null,
  ).data?.topics;
  const [topic, setTopic] = useState<New['topic'] | ''>(about.topic ?? '');
  const [question, setQuestion] = useState('');
  const [help, setHelp] = useState('');
  const [why, setWhy] = useState(about.why ?? '');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const send = async () => {
    setTried(true);
    if (!topic || !question.trim() || !why.trim() || !template) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await api.post(`/checklist-templates/${template}/proposals`, {
        topic,
        question: question.trim(),
        why: why.trim(),
        ...(help.trim() ? { help: help.trim() } : {}),
        ...(about.source ? { source: about.source } : {}),
      } satisfies New);
      void refresh('/checklist-templates');
      const said = t('cs.pr.done', { name: offered.find((x) => x.id === template)?.name ?? '' });
      announce(said);
      toast({ text: said });
      onClose();
    } catch (e) {
      setProblem(e instanceof Error ? e.message : String(e));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('cs.pr.title')}
      width={540}
      onClose={onClose}
      onSubmit={() => void send()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('cs.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={busy || undefined}>
            {t('cs.pr.do')}
          </button>
        </>
      }
    >
      <p className="field-hint">{t('cs.pr.text')}</p>
      <Field
        label={t('cs.pr.question')}
        hint={t('cs.pr.questionHint')}
        error={tried && !question.trim() ? t('cs.pr.questionNeed') : undefined}
      >
        <textarea
          data-autofocus
          className="input"
          rows={2}
          maxLength={300}
          value={question}
          onChange={(e) => setQuestion(e.target.value)}
        />
      </Field>
      <Field
        label={t('cs.pr.why')}
        hint={t('cs.pr.whyHint')}
        error={tried && !why.trim() ? t('cs.pr.whyNeed') : undefined}
      >
        <textarea
          className="input"
          rows={3}
          maxLength={2000}
          value={why}
          onChange={(e) => setWhy(e.target.value)}
        />
      </Field>
      <Field label={t('cs.pr.topic')} error={tried && !topic ? t('cs.pr.topicNeed') : undefined}>
        <select
          className="input"
          value={topic}
          onChange={(e) => setTopic(e.target.value as New['topic'] | '')}
        >
          <option value="">{t('cs.pr.topicNone')}</option>
          {topics?.map((x) => (
            <option key={x.key} value={x.key}>
              {x.name}
            </option>
          ))}
        </select>
      </Field>
      {!about.templateId && offered.length > 1 && (
        <Field label={t('cs.pr.template')}>
          <select className="input" value={template ?? ''} onChange={(e) => setChosen(e.target.value)}>
            {offered.map((x) => (
              <option key={x.id} value={x.id}>
                {[x.team?.name, x.name].filter(Boolean).join(' · ')}
              </option>
            ))}
          </select>
        </Field>
      )}
      <Field label={t('cs.pr.help')}>
        <input
          className="input"
          maxLength={600}
          value={help}
          placeholder={t('cs.pr.helpHint')}
          onChange={(e) => setHelp(e.target.value)}
        />
      </Field>
      {(problem || query.error) && (
        <div role="alert" className="ff-problem">
          {problem ?? query.error?.message}
        </div>
      )}
    </Dialog>
  );
}
