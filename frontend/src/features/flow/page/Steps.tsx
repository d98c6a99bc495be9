import { Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../lib/api';
import { refresh } from '../../../lib/data';
import { toast, toastError } from '../../../lib/notify';
import { serverNow } from '../../../lib/server-clock';
import { absolute, browserZone, dateText, dateWords, dayOf } from '../../../lib/time';
import { Dialog, Field } from '../../../ui/Dialog';
import { t } from '../messages';
import { type Note, STEPS, type Step, type Stream } from '../types';
import { useFlow } from './context';

const LONGEST = 2000;

/** What is done about the constraint: dated notes at Goldratt's five focusing steps. */
export function Steps({ v }: { v: Stream }) {
  const { boardId } = useFlow();
  const [open, setOpen] = useState<{ step: Step; note?: Note }>();
  const { notes } = v;
  if (!boardId || (notes.length === 0 && !v.mayNote)) return null;
  return (
    <section className="panel fl-steps" aria-labelledby="fl-steps">
      <h2 className="h2" id="fl-steps">
        {v.constraint ? t('fl.steps.title', { column: v.constraint }) : t('fl.steps.titleOnly')}
      </h2>
      <p className="fl-sub">{t('fl.steps.sub')}</p>
      <ol>
        {STEPS.map((step) => {
          const own = notes.filter((n) => n.step === step);
          return (
            <li key={step}>
              <h3>{t(`fl.steps.${step}`)}</h3>
              <p className="small quiet">{t(`fl.steps.${step}.what`)}</p>
              <ul>
                {own.map((n) => (
                  <li key={n.id}>
                    <p>{n.text}</p>
                    <small>
                      {[dateWords(n.day), n.column, n.by.name].filter(Boolean).join(' · ')}
                      {n.changedAt && <span title={absolute(n.changedAt)}>{t('fl.steps.changed')}</span>}
                      {n.mayChange && (
                        <button type="button" className="link" onClick={() => setOpen({ step, note: n })}>
                          {t('fl.steps.edit')}
                          <span className="sr"> {n.text}</span>
                        </button>
                      )}
                    </small>
                  </li>
                ))}
              </ul>
              {v.mayNote && (
                <button type="button" className="btn ghost sm" onClick={() => setOpen({ step })}>
                  <Plus size={14} aria-hidden />
                  {t('fl.steps.add')}
                  <span className="sr"> {t(`fl.steps.${step}`)}</span>
                </button>
              )}
            </li>
          );
        })}
      </ol>
      {open && (
        <NoteDialog
          {...open}
          boardId={boardId}
          columnId={v.steps.find((s) => s.name === v.constraint)?.id}
          zone={v.why.timeZone}
          onClose={() => setOpen(undefined)}
        />
      )}
    </section>
  );
}

function NoteDialog({
  step: first,
  note,
  boardId,
  columnId,
  zone,
  onClose,
}: {
  step: Step;
  note?: Note;
  boardId: string;
  columnId?: string;
  zone: string;
  onClose: () => void;
}) {
  const [step, setStep] = useState(first);
  const [text, setText] = useState(note?.text ?? '');
  const today = dateText(dayOf(serverNow(), zone || browserZone()));
  const [day, setDay] = useState(note?.day ?? today);
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const again = () => void refresh(`/boards/${boardId}/flow`);
  const send = async (run: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    try {
      await run();
      onClose();
      return true;
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error));
      setBusy(false);
      return false;
    } finally {
      again();
    }
  };
  const save = () => {
    if (!text.trim()) return setWrong(t('fl.steps.need'));
    const body = { step, text: text.trim(), day };
    void send(() =>
      note
        ? api.patch(`/flow/notes/${note.id}`, { ...body, version: note.version })
        : api.post(`/boards/${boardId}/flow/notes`, { ...body, columnId }),
    );
  };
  const withdraw = async (n: Note) => {
    if (!(await send(() => api.post(`/flow/notes/${n.id}/withdraw`)))) return;
    toast({
      text: t('fl.steps.withdrawn'),
      stay: 30_000,
      action: {
        label: t('fl.steps.undo'),
        run: () => void api.post(`/flow/notes/${n.id}/restore`).catch(toastError).finally(again),
      },
    });
  };
  return (
    <Dialog
      title={t(note ? 'fl.steps.editTitle' : 'fl.steps.addTitle')}
      onClose={onClose}
      onSubmit={save}
      actions={
        <>
          {note && (
            <button type="button" className="btn ghost" disabled={busy} onClick={() => void withdraw(note)}>
              {t('fl.steps.withdraw')}
            </button>
          )}
          <button type="button" className="btn line" onClick={onClose}>
            {t('fl.steps.cancel')}
          </button>
          <button type="submit" className="btn" disabled={busy} data-busy={busy || undefined}>
            {t('fl.steps.save')}
          </button>
        </>
      }
    >
      <div className="field-row">
        <Field label={t('fl.steps.step')}>
          <select className="input" value={step} onChange={(e) => setStep(e.target.value as Step)}>
            {STEPS.map((x) => (
              <option key={x} value={x}>
                {t(`fl.steps.${x}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('fl.steps.day')}>
          <input
            className="input"
            type="date"
            max={today}
            value={day}
            required
            onChange={(e) => setDay(e.target.value)}
          />
        </Field>
      </div>
      <Field label={t('fl.steps.text')} hint={t(`fl.steps.${step}.what`)} error={wrong}>
        <textarea
          className="input"
          data-autofocus
          rows={4}
          maxLength={LONGEST}
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
      </Field>
    </Dialog>
  );
}
