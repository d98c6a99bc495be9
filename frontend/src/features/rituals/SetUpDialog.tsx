import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { BoardListItem } from '../../api/types';
import { api } from '../../lib/api';
import { useForm } from '../../lib/form';
import { toast, toastError } from '../../lib/notify';
import { browserZone, zones } from '../../lib/time';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { Dialog, Field } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { WeekdaysField } from '../../ui/WeekdaysField';
import { t } from './messages';
import { KINDS, type Kind, type RitualView, type Series } from './types';

interface Props {
  /** The one to change; without it a new one is set up on one of the boards. */
  series?: Series;
  boards?: readonly BoardListItem[];
  /** What the boards have already: one of each kind. */
  taken?: readonly { id: string; boardId: string; name: string; kind: Kind }[];
  onSaved: (v: RitualView) => void;
  onClose: () => void;
}

const WEEKS = [1, 2, 3, 4, 6, 8, 13];
const today = () => new Date().toLocaleDateString('sv');

/** What it is, when it takes place, how long it is meant to take, and where one joins. For leads. */
export function SetUpDialog({ series, boards = [], taken = [], onSaved, onClose }: Props) {
  const has = (board: string, k: Kind) => taken.find((s) => s.boardId === board && s.kind === k);
  const free = (board: string) => KINDS.filter((k) => !has(board, k));
  const [boardId, setBoard] = useState(
    series?.boardId ?? (boards.find((b) => free(b.id).length > 0) ?? boards[0])?.id ?? '',
  );
  const [picked, setKind] = useState<Kind>();
  const kinds = series ? [series.kind] : free(boardId);
  const kind = series?.kind ?? (picked && kinds.includes(picked) ? picked : kinds[0]);
  const [days, setDays] = useState<readonly number[]>(series?.schedule?.days ?? []);
  // Of when the form was filled: the series follows what others change, which is not to be written over.
  const [version] = useState(series?.version);
  const form = useForm({
    initial: {
      name: series?.name ?? '',
      boxMinutes: series ? String(series.boxMinutes) : '',
      at: series?.schedule?.at ?? '14:00',
      timeZone: series?.schedule?.timeZone ?? browserZone(),
      everyWeeks: String(series?.schedule?.everyWeeks ?? 1),
      from: series?.schedule?.from ?? today(),
      meetingUrl: series?.meetingUrl ?? '',
    },
    checks: {
      name: (v) => Boolean(series) && !v.trim() && t('rs.nameNeeded'),
      boxMinutes: (v) => v !== '' && !(Number(v) >= 1 && Number(v) <= 240) && t('rs.boxWrong'),
    },
    submit: async (v) => {
      const weeks = Number(v.everyWeeks);
      const schedule = days.length
        ? {
            days: [...days].sort(),
            at: v.at,
            timeZone: v.timeZone,
            ...(weeks > 1 ? { everyWeeks: weeks, from: v.from } : {}),
          }
        : null;
      const said = {
        ...(v.name.trim() ? { name: v.name.trim() } : {}),
        ...(v.boxMinutes ? { boxMinutes: Number(v.boxMinutes) } : {}),
      };
      const saved = series
        ? await api.patch<RitualView>(`/rituals/${series.id}`, {
            ...said,
            schedule,
            meetingUrl: v.meetingUrl.trim() || null,
            version,
          })
        : await api.post<RitualView>('/rituals', {
            ...said,
            boardId,
            kind,
            ...(schedule ? { schedule } : {}),
            ...(v.meetingUrl.trim() ? { meetingUrl: v.meetingUrl.trim() } : {}),
          });
      onClose();
      onSaved(saved);
    },
  });
  const putAway = async () => {
    if (!series) return;
    const v = await api.del<RitualView>(`/rituals/${series.id}`);
    toast({
      text: t('rs.wasAway', { name: series.name }),
      action: {
        label: t('rs.undo'),
        run: () => void api.post<RitualView>(`/rituals/${series.id}/restore`).then(onSaved, toastError),
      },
    });
    onClose();
    onSaved(v);
  };
  return (
    <Dialog
      title={t(series ? 'rs.titleChange' : 'rs.title')}
      width={520}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          {series && (
            <ConfirmButton
              className="btn danger ri-left"
              title={t('rs.awaySure', { name: series.name })}
              text={t('rs.awayText')}
              verb={t('rs.away')}
              run={putAway}
            >
              {t('rs.away')}
            </ConfirmButton>
          )}
          <button type="button" className="btn line" onClick={onClose}>
            {t('rs.cancel')}
          </button>
          <button
            type="submit"
            className="btn"
            data-busy={form.busy || undefined}
            disabled={!series && !kind}
          >
            {t(series ? 'rs.save' : 'rs.make')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      {!series && (
        <Field label={t('rs.board')}>
          <select className="input" value={boardId} data-autofocus onChange={(e) => setBoard(e.target.value)}>
            {boards.map((b) => (
              <option key={b.id} value={b.id}>
                {b.name} · {b.teamName}
              </option>
            ))}
          </select>
        </Field>
      )}
      {!series && (
        <fieldset className="ri-kinds">
          <legend>{t('rs.kind')}</legend>
          {KINDS.map((k) => {
            const there = has(boardId, k);
            return there ? (
              <div key={k} className="ri-has">
                <input type="radio" disabled aria-label={t(`ri.kind.${k}`)} />
                <b>{t(`ri.kind.${k}`)}</b>
                <small>
                  {t('rs.has')}{' '}
                  <Link to="/rituals/$series" params={{ series: there.id } as never} className="link">
                    {there.name}
                  </Link>
                </small>
              </div>
            ) : (
              <label key={k} data-on={k === kind || undefined}>
                <input type="radio" name="kind" checked={k === kind} onChange={() => setKind(k)} />
                <b>{t(`ri.kind.${k}`)}</b>
                <small>{t(`ri.what.${k}`)}</small>
              </label>
            );
          })}
        </fieldset>
      )}
      {!series && !kind && <p className="field-hint">{t('rs.hasAll')}</p>}
      <TextField
        label={t('rs.name')}
        hint={series ? undefined : t('rs.nameHint')}
        maxLength={80}
        {...form.field('name')}
      />
      <WeekdaysField label={t('rs.days')} days={days} onChange={setDays} />
      {days.length === 0 ? (
        <p className="field-hint">{t('rs.daysHint')}</p>
      ) : (
        <>
          <div className="ri-pair">
            <TextField label={t('rs.at')} type="time" {...form.field('at')} />
            <TextField label={t('rs.zone')} list="ri-zones" {...form.field('timeZone')} />
            <datalist id="ri-zones">
              {zones().map((z) => (
                <option key={z} value={z} />
              ))}
            </datalist>
          </div>
          <div className="ri-pair">
            <SelectField label={t('rs.weeks')} {...form.field('everyWeeks')}>
              {WEEKS.map((n) => (
                <option key={n} value={n}>
                  {n === 1 ? t('rs.weeks.1') : t('rs.weeks.n', { n })}
                </option>
              ))}
            </SelectField>
            {Number(form.values.everyWeeks) > 1 && (
              <TextField label={t('rs.from')} type="date" {...form.field('from')} />
            )}
          </div>
        </>
      )}
      <TextField label={t('rs.box')} inputMode="numeric" {...form.field('boxMinutes')} />
      <TextField label={t('rs.url')} type="url" maxLength={1000} {...form.field('meetingUrl')} />
    </Dialog>
  );
}
