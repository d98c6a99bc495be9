import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Visibility, Wip } from '../../../api/types';
import { announce } from '../../../lib/announce';
import { zones } from '../../../lib/time';
import type { BoardPatch } from '../../../live/types';
import { Dialog, Field } from '../../../ui/Dialog';
import { useBoard, useColumns, useRoom } from '../context';
import { t } from '../messages-dialogs';
import { sentence } from '../move';
import s from './dialogs.module.css';
import { SettingsColumns } from './SettingsColumns';
import { SettingsFields } from './SettingsFields';
import { SettingsLanes } from './SettingsLanes';
import { reservesFault, SettingsReserves } from './SettingsReserves';
import { SettingsSle, type SleDraft } from './SettingsSle';
import { WipFields, wipFault } from './WipFields';

/** The board's own rules. The form is sent in one piece and only with what changed; lanes and columns act at once. */
export function SettingsDialog() {
  const { ui, store } = useRoom();
  const board = useBoard();
  const columns = useColumns();
  const [name, setName] = useState(board.name);
  const [visibility, setVisibility] = useState<Visibility>(board.visibility);
  const [timeZone, setZone] = useState(board.timeZone);
  const [startColumnId, setStart] = useState(board.startColumnId);
  const [finishColumnId, setFinish] = useState(board.finishColumnId);
  const [sle, setSle] = useState<SleDraft[]>(() =>
    board.sle.map((x) => ({ class: x.class, days: x.days, percent: x.percent })),
  );
  const [expedite, setExpedite] = useState(board.expedite);
  const [workItems, setWorkItems] = useState(board.workItems ?? '');
  const [mirrorsCount, setMirrorsCount] = useState(board.mirrorsCount ?? false);
  const [reserves, setReserves] = useState(
    () => board.reserves?.map(({ by, key, percent }) => ({ by, key, percent })) ?? [],
  );
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const close = () => ui.setState({ dialog: null });

  const fault = (): string | undefined => {
    if (!name.trim()) return t('board.boardNeedsName');
    const at = (id: string) => columns.findIndex((c) => c.id === id);
    if (at(startColumnId) >= at(finishColumnId)) return t('board.pointsOrder');
    if (sle.some((x) => !x.days || x.percent < 1 || x.percent > 99)) return t('board.sleNumbers');
    return reservesFault(reserves) ?? wipFault({ mode: expedite.mode, max: expedite.max });
  };
  const save = async () => {
    const said = fault();
    if (said) return setWrong(said);
    const patch: BoardPatch = {};
    if (name.trim() !== board.name) patch.name = name.trim();
    if (visibility !== board.visibility) patch.visibility = visibility;
    if (timeZone !== board.timeZone) patch.timeZone = timeZone;
    if (startColumnId !== board.startColumnId) patch.startColumnId = startColumnId;
    if (finishColumnId !== board.finishColumnId) patch.finishColumnId = finishColumnId;
    const plain = board.sle.map((x) => ({ class: x.class, days: x.days, percent: x.percent }));
    if (JSON.stringify(plain) !== JSON.stringify(sle)) patch.sle = sle;
    if (JSON.stringify(expedite) !== JSON.stringify(board.expedite)) patch.expedite = expedite;
    if (workItems.trim() !== (board.workItems ?? '')) patch.workItems = workItems.trim();
    if (mirrorsCount !== (board.mirrorsCount ?? false)) patch.mirrorsCount = mirrorsCount;
    const was = board.reserves?.map(({ by, key, percent }) => ({ by, key, percent })) ?? [];
    if (JSON.stringify(was) !== JSON.stringify(reserves)) patch.reserves = reserves;
    if (Object.keys(patch).length === 0) return close();
    setBusy(true);
    try {
      await store.patchBoard(patch);
      announce(t('board.settingsSaved'));
      close();
    } catch (error) {
      setWrong(sentence(error));
      setBusy(false);
    }
  };
  const wip: Wip = { mode: expedite.mode, max: expedite.max };
  return (
    <Dialog
      title={t('board.settings')}
      width={560}
      onClose={close}
      onSubmit={() => void save()}
      actions={
        <>
          <button type="button" className="btn line" onClick={close}>
            {t('board.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={busy || undefined} disabled={busy}>
            {t('board.save')}
          </button>
        </>
      }
    >
      <Field label={t('board.boardName')}>
        <input className="input" value={name} maxLength={80} onChange={(e) => setName(e.target.value)} />
      </Field>
      <Field label={t('board.workItems')} hint={t('board.workItemsHint')}>
        <textarea
          className="input"
          value={workItems}
          maxLength={2000}
          onChange={(e) => setWorkItems(e.target.value)}
        />
      </Field>
      <div className="field-row">
        <Field label={t('board.visibility')} hint={t(`board.visibilityHint.${visibility}`)}>
          <select
            className="input"
            value={visibility}
            onChange={(e) => setVisibility(e.target.value as Visibility)}
          >
            <option value="workspace">{t('board.visibility.workspace')}</option>
            <option value="team">{t('board.visibility.team')}</option>
          </select>
        </Field>
        <Field label={t('board.timeZone')} hint={t('board.timeZoneHint')}>
          <input
            className="input"
            list="board-zones"
            value={timeZone}
            onChange={(e) => setZone(e.target.value)}
          />
        </Field>
        <datalist id="board-zones">
          {zones().map((z) => (
            <option key={z} value={z} />
          ))}
        </datalist>
      </div>
      <section className={s.section}>
        <h3>{t('board.points')}</h3>
        <div className="field-row">
          <Field label={t('board.startPoint')}>
            <select className="input" value={startColumnId} onChange={(e) => setStart(e.target.value)}>
              {columns.map((c) => (
                <option key={c.id} value={c.id}>
                  {c.name}
                </option>
              ))}
            </select>
          </Field>
          <Field label={t('board.finishPoint')}>
            <select className="input" value={finishColumnId} onChange={(e) => setFinish(e.target.value)}>
              {columns.map((c) => (
                <option key={c.id} value={c.id}>
                  {c.name}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <p className={s.note}>{t('board.pointsHint')}</p>
      </section>
      <SettingsSle value={sle} onChange={setSle} known={board.sle} />
      <SettingsReserves value={reserves} onChange={setReserves} />
      <section className={s.section}>
        <h3>{t('board.expedite')}</h3>
        <WipFields
          wip={wip}
          min={false}
          onChange={(w) => setExpedite({ ...expedite, mode: w.mode, max: w.max })}
        />
        <label className={s.unit}>
          <input
            type="checkbox"
            checked={expedite.counts}
            onChange={(e) => setExpedite({ ...expedite, counts: e.target.checked })}
          />
          {t('board.expediteCounts')}
        </label>
      </section>
      <section className={s.section}>
        <h3>{t('board.mirrors')}</h3>
        <label className={s.unit}>
          <input type="checkbox" checked={mirrorsCount} onChange={(e) => setMirrorsCount(e.target.checked)} />
          {t('board.mirrorsCount')}
        </label>
      </section>
      {wrong && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
      <p className={s.note}>
        <Link to="/b/$board/workflow" params={{ board: store.boardId }}>
          {t('board.workflow')}
        </Link>
      </p>
      <SettingsColumns />
      <SettingsLanes />
      <SettingsFields />
    </Dialog>
  );
}
