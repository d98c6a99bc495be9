import { useId, useState } from 'react';
import { announce } from '../../../lib/announce';
import { ApiError, api } from '../../../lib/api';
import { refresh } from '../../../lib/data';
import { serverNow } from '../../../lib/server-clock';
import { moment } from '../../../lib/time';
import { Dialog, Field } from '../../../ui/Dialog';
import { FormProblem } from '../../../ui/FormField';
import { t } from './messages';
import type { Launch } from './types';
import { earlyTime } from './words';

export type Act = 'begin' | 'held' | 'stop' | 'resume' | 'roll-back';

/** A step of a launch, with what is said with it. */
export function ActDialog({
  v,
  act,
  onDone,
  onClose,
  onAct,
}: {
  v: Launch;
  act: Act;
  onDone: (v: Launch) => void;
  onClose: () => void;
  onAct: (act: Act) => void;
}) {
  const [said, setSaid] = useState('');
  const [why, setWhy] = useState('');
  // the server asked for it, as what stands against the step has changed since this page read it
  const [asked, setAsked] = useState(false);
  const [tried, setTried] = useState(false);
  const [freeze, setFreeze] = useState(v.may.freeze);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const id = useId();
  const s = v.stage;
  const stage = s && v.plan.stages[s.number - 1];
  const next = s && v.plan.stages[s.number];
  const first = v.plan.stages[0];
  const at = `/launches/${v.checklist.id}`;
  const left = act === 'held' && s ? Math.ceil((Date.parse(s.until) - serverNow()) / 60_000) : 0;
  const early = left > 0 || (act === 'held' && asked);
  const against = v.checklist.blocking > 0 || v.frozenToday.length > 0 || asked;
  const need = (act !== 'begin' || against) && !said.trim();
  const needWhy = early && !why.trim();
  const run = async () => {
    setTried(true);
    if (need || needWhy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      if (act === 'begin') {
        if (freeze) await api.post(`/checklists/${v.checklist.id}/freeze`, {});
        onDone(await api.post<Launch>(`${at}/begin`, { said: said.trim() }));
      } else if (act === 'held')
        onDone(
          await api.post<Launch>(`${at}/${next ? 'next' : 'done'}`, {
            stageId: stage?.id,
            said: said.trim(),
            ...(early ? { why: why.trim() } : {}),
          }),
        );
      else onDone(await api.post<Launch>(`${at}/${act}`, { why: said.trim() }));
      void refresh('/launches');
      announce(t('ln.done.launch'));
      onClose();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'say_why') setAsked(true);
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  const title = act === 'held' ? t('ln.ask.held') : t(`ln.ask.${act === 'roll-back' ? 'rollBack' : act}`);
  const verb =
    act === 'held'
      ? next
        ? t('ln.ask.itHeld', { name: next.name })
        : t('ln.ask.itHeldLast')
      : act === 'begin'
        ? t('ln.begin')
        : title;
  const label =
    act === 'begin'
      ? t(against ? 'ln.ask.sayWhy' : 'ln.ask.say')
      : act === 'held'
        ? t('ln.ask.said')
        : t(`ln.ask.why.${act === 'roll-back' ? 'rollBack' : act}`);
  return (
    <Dialog
      title={title}
      width={520}
      onClose={onClose}
      onSubmit={() => void run()}
      actions={
        <>
          {act === 'held' ? (
            <button type="button" className="btn danger" onClick={() => onAct('stop')}>
              {t('ln.ask.itDidNot')}
            </button>
          ) : (
            <button type="button" className="btn line" onClick={onClose}>
              {t('ln.cancel')}
            </button>
          )}
          <button
            type="submit"
            className={act === 'stop' || act === 'roll-back' ? 'btn danger' : 'btn'}
            data-busy={busy || undefined}
          >
            {verb}
          </button>
        </>
      }
    >
      {act === 'begin' && (
        <>
          <p>{t('ln.ask.beginText', { name: first?.name ?? '', share: first?.share ?? 0 })}</p>
          <ul className="ln-warns">
            {v.checklist.blocking > 0 && <li>{t('ln.warn.blocking', { n: v.checklist.blocking })}</li>}
            {v.frozenToday.map((title) => (
              <li key={title}>{t('ln.ask.frozen', { title })}</li>
            ))}
          </ul>
          {v.may.freeze && (
            <label className="ln-check" htmlFor={id}>
              <input id={id} type="checkbox" checked={freeze} onChange={(e) => setFreeze(e.target.checked)} />
              {t('ln.ask.freeze')}
            </label>
          )}
        </>
      )}
      {act === 'held' && (
        <>
          <p className="ln-number">{stage?.goesOnWhen || t('ln.ask.heldNone')}</p>
          {v.frozenToday.map((title) => (
            <p key={title} className="ln-early">
              {t('ln.ask.frozen', { title })}
            </p>
          ))}
        </>
      )}
      {act === 'roll-back' && v.plan.rollback.steps && (
        <>
          <p className="quiet">{t('ln.ask.rollBackText')}</p>
          <p className="ln-steps">{v.plan.rollback.steps}</p>
        </>
      )}
      <Field
        label={label}
        hint={act === 'held' ? t('ln.ask.saidHint') : undefined}
        error={tried && need ? t(act === 'held' ? 'ln.ask.saidNeed' : 'ln.ask.whyNeed') : undefined}
      >
        <textarea
          data-autofocus
          className="input"
          rows={act === 'begin' ? 2 : 3}
          maxLength={2000}
          value={said}
          onChange={(e) => setSaid(e.target.value)}
        />
      </Field>
      {early && (
        <>
          {s && left > 0 && (
            <p className="ln-early">{t('ln.ask.early', { until: moment(s.until), time: earlyTime(left) })}</p>
          )}
          <Field label={t('ln.ask.why.early')} error={tried && needWhy ? t('ln.ask.whyNeed') : undefined}>
            <textarea
              className="input"
              rows={2}
              maxLength={2000}
              value={why}
              onChange={(e) => setWhy(e.target.value)}
            />
          </Field>
        </>
      )}
      <FormProblem>{problem}</FormProblem>
    </Dialog>
  );
}
