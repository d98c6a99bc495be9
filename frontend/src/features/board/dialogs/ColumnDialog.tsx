import { useState } from 'react';
import type { ColumnKind, Wip } from '../../../api/types';
import { announce } from '../../../lib/announce';
import { Dialog, Field } from '../../../ui/Dialog';
import { useColumns, useLive, useRoom } from '../context';
import { t } from '../messages-dialogs';
import { sentence } from '../move';
import { type CheckDraft, ChecksField, checksOf } from './ChecksField';
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
  const [wip, setWip] = useState<Wip>(column?.wip ?? { mode: 'off' });
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const close = () => ui.setState({ dialog: null });
  const save = async () => {
    const fault = name.trim() ? wipFault(wip) : t('board.columnNeedsName');
    if (fault) return setWrong(fault);
    setBusy(true);
    try {
      const fields = { name: name.trim(), kind, policy: policy.trim(), wip };
      const asked = checksOf(checks);
      if (column) await store.patchColumn(column.id, { ...fields, checks: asked, version: column.version });
      else {
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
      <WipFields wip={wip} onChange={setWip} />
      {wrong && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
    </Dialog>
  );
}

/** A column that holds cards goes only with a word on where they go. */
export function RemoveColumnDialog({ id }: { id: string }) {
  const { ui, store } = useRoom();
  const columns = useColumns();
  const column = columns.find((c) => c.id === id);
  const held = useLive(`col:${id}`, (st) => st.columnOrder(id).length);
  const others = columns.filter((c) => c.id !== id);
  const [target, setTarget] = useState(others[0]?.id ?? '');
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const close = () => ui.setState({ dialog: null });
  if (!column) return null;
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
          <button type="submit" className="btn danger" data-busy={busy || undefined} disabled={busy}>
            {t('board.removeColumn')}
          </button>
        </>
      }
    >
      <p>{held > 0 ? t('board.removeColumnHolds', { n: held }) : t('board.removeColumnEmpty')}</p>
      {held > 0 && (
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
