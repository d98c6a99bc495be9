import { useId, useState } from 'react';
import type { ColumnKind, Face, Wip } from '../../../api/types';
import { announce } from '../../../lib/announce';
import { Dialog, Field } from '../../../ui/Dialog';
import { useColumns, useLive, useRoom } from '../context';
import { t } from '../messages-dialogs';
import { sentence } from '../move';
import { type CheckDraft, ChecksField, checksOf } from './ChecksField';
import s from './dialogs.module.css';
import { type ListDraft, ListField, sameList } from './ListField';
import { WipFields, wipFault } from './WipFields';

const KINDS: readonly ColumnKind[] = ['queue', 'active', 'done'];

/** A new column (id null) or an existing one: what it is called, what kind it is, what the team agreed on for it. */
export function ColumnDialog({ id, afterId }: { id: string | null; afterId?: string }) {
  const { ui, store } = useRoom();
  const columns = useColumns();
  const column = columns.find((c) => c.id === id);
  const [name, setName] = useState(column?.name ?? '');
  const [kind, setKind] = useState<ColumnKind>(column?.kind ?? 'active');
  const [policy, setPolicy] = useState(column?.policy ?? '');
  const [checks, setChecks] = useState<CheckDraft[]>(column?.checks ?? []);
  const [list, setList] = useState<ListDraft | undefined>(column?.checklist);
  const [wip, setWip] = useState<Wip>(column?.wip ?? { mode: 'off' });
  const [asks, setAsks] = useState(column?.asks ?? false);
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const hint = useId();
  const close = () => ui.setState({ dialog: null });
  const save = async () => {
    const fault = name.trim() ? wipFault(wip) : t('board.columnNeedsName');
    if (fault) return setWrong(fault);
    setBusy(true);
    try {
      const fields = { name: name.trim(), kind, policy: policy.trim(), wip };
      const asked = checksOf(checks);
      const here = asks === (column?.asks ?? false) ? {} : { asks };
      if (column) {
        const { level, phase, templateId } = list ?? {};
        const checklist = level && phase ? { level, phase, ...(templateId ? { templateId } : {}) } : null;
        const lists = sameList(list, column.checklist) ? {} : { checklist };
        const { version } = column;
        await store.patchColumn(column.id, { ...fields, ...here, ...lists, checks: asked, version });
      } else {
        const texts = asked.map((c) => c.text);
        await store.createColumn({ ...fields, checks: texts, ...(afterId ? { afterId } : {}) });
      }
      announce(t(column ? 'board.columnSaved' : 'board.columnAdded', { column: fields.name }));
      close();
    } catch (error) {
      setWrong(sentence(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={column ? t('board.editColumnTitle', { column: column.name }) : t('board.newColumn')}
      onClose={close}
      onSubmit={() => void save()}
      actions={
        <>
          <button type="button" className="btn line" onClick={close}>
            {t('board.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={busy || undefined} disabled={busy}>
            {t(column ? 'board.save' : 'board.addColumn')}
          </button>
        </>
      }
    >
      <Field label={t('board.columnName')}>
        <input
          className="input"
          data-autofocus
          value={name}
          maxLength={60}
          onChange={(e) => setName(e.target.value)}
        />
      </Field>
      <Field label={t('board.columnKind')} hint={t(`board.kindHint.${kind}`)}>
        <select className="input" value={kind} onChange={(e) => setKind(e.target.value as ColumnKind)}>
          {KINDS.map((k) => (
            <option key={k} value={k}>
              {t(`board.kind.${k}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('board.columnPolicy')} hint={t('board.columnPolicyHint')}>
        <textarea
          className="input"
          value={policy}
          maxLength={2000}
          onChange={(e) => setPolicy(e.target.value)}
        />
      </Field>
      <ChecksField value={checks} onChange={setChecks} />
      {column && (
        <ListField value={list} teamId={store.board().teamId} named={column.checklist} onChange={setList} />
      )}
      <WipFields wip={wip} onChange={setWip} />
      {column && (kind === 'queue' || asks) && (
        <div className={s.section}>
          <label className={s.unit}>
            <input
              type="checkbox"
              checked={asks}
              aria-describedby={hint}
              onChange={(e) => setAsks(e.target.checked)}
            />
            {t('board.columnAsks')}
          </label>
          <p className="field-hint" id={hint}>
            {t('board.columnAsksHint')}
          </p>
        </div>
      )}
      {wrong && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
    </Dialog>
  );
}

/** An ask that waits for an answer, of the team or of who asked. */
const waits = (card?: Face) => card?.ask?.state === 'raised' || card?.ask?.state === 'questioned';

/** A column that holds cards goes only with a word on where they go. */
export function RemoveColumnDialog({ id }: { id: string }) {
  const { ui, store } = useRoom();
  const columns = useColumns();
  const column = columns.find((c) => c.id === id);
  const held = useLive(`col:${id}`, (st) => st.columnOrder(id).length);
  const asked = useLive(`col:${id}`, (st) => st.columnOrder(id).filter((x) => waits(st.card(x))).length);
  const others = columns.filter((c) => c.id !== id);
  const [target, setTarget] = useState(others[0]?.id ?? '');
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const close = () => ui.setState({ dialog: null });
  if (!column) return null;
  // Moving an ask on is to accept it: that is nothing that happens on the way of something else.
  const stays = column.asks && asked > 0;
  const remove = async () => {
    setBusy(true);
    try {
      await store.removeColumn(id, held > 0 ? target : undefined);
      announce(t('board.columnRemoved', { column: column.name }));
      close();
    } catch (error) {
      setWrong(sentence(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('board.removeColumnTitle', { column: column.name })}
      onClose={close}
      onSubmit={() => void remove()}
      actions={
        <>
          <button type="button" className="btn line" onClick={close}>
            {t('board.keepColumn')}
          </button>
          {!stays && (
            <button type="submit" className="btn danger" data-busy={busy || undefined} disabled={busy}>
              {t('board.removeColumn')}
            </button>
          )}
        </>
      }
    >
      <p>
        {stays
          ? t('board.removeColumnAsks', { n: asked, column: column.name })
          : held > 0
            ? t('board.removeColumnHolds', { n: held })
            : t('board.removeColumnEmpty')}
      </p>
      {held > 0 && !stays && (
        <Field label={t('board.removeColumnTarget')}>
          <select className="input" value={target} onChange={(e) => setTarget(e.target.value)}>
            {others.map((c) => (
              <option key={c.id} value={c.id}>
                {c.name}
              </option>
            ))}
          </select>
        </Field>
      )}
      {wrong && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
    </Dialog>
  );
}
