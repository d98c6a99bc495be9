import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Lane, WipMode } from '../../../api/types';
import { announce } from '../../../lib/announce';
import { useLanes, useRoom } from '../context';
import { t } from '../messages-dialogs';
import { sentence } from '../move';
import s from './dialogs.module.css';
import { whole } from './WipFields';

const MODES: readonly WipMode[] = ['off', 'warn', 'reason', 'hard'];

/** Lanes act at once, each by itself: name and limit are sent when the field is left. */
export function SettingsLanes() {
  const { store } = useRoom();
  const lanes = useLanes();
  const [name, setName] = useState('');
  const [wrong, setWrong] = useState('');
  const act = async (what: Promise<unknown>, said: string) => {
    setWrong('');
    try {
      await what;
      announce(said);
      return true;
    } catch (error) {
      setWrong(sentence(error));
      return false;
    }
  };
  const add = async () => {
    const clean = name.trim();
    if (!clean) return;
    if (
      await act(
        store.createLane({ name: clean, wip: { mode: 'off' } }),
        t('board.laneAdded', { name: clean }),
      )
    )
      setName('');
  };
  return (
    <section className={s.section}>
      <h3>{t('board.lanes')}</h3>
      <p className={s.note}>{t('board.lanesHint')}</p>
      {lanes.length > 0 && (
        <ul className={s.list}>
          {lanes.map((l) => (
            <LaneRow key={l.id} lane={l} act={act} />
          ))}
        </ul>
      )}
      <div className={s.addLane}>
        <input
          className="input sm"
          value={name}
          maxLength={60}
          placeholder={t('board.laneName.new')}
          aria-label={t('board.laneName.new')}
          onChange={(e) => setName(e.target.value)}
          onKeyDown={(e) => {
            if (e.key !== 'Enter') return;
            e.preventDefault();
            void add();
          }}
        />
        <button type="button" className="btn line sm" onClick={() => void add()}>
          {t('board.addLane')}
        </button>
      </div>
      {wrong && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
    </section>
  );
}

function LaneRow({
  lane,
  act,
}: {
  lane: Lane;
  act: (p: Promise<unknown>, said: string) => Promise<boolean>;
}) {
  const { store } = useRoom();
  const [name, setName] = useState(lane.name);
  const [max, setMax] = useState(String(lane.wip.max ?? ''));
  const send = (fields: { name?: string; wip?: Lane['wip'] }) =>
    void act(store.patchLane(lane.id, { ...fields, version: lane.version }), t('board.laneSaved', { name }));
  return (
    <li>
      <input
        className="input sm"
        value={name}
        maxLength={60}
        aria-label={t('board.laneName.of', { name: lane.name })}
        onChange={(e) => setName(e.target.value)}
        onBlur={() =>
          name.trim() && name.trim() !== lane.name ? send({ name: name.trim() }) : setName(lane.name)
        }
      />
      <select
        className="input sm"
        value={lane.wip.mode}
        aria-label={t('board.laneMode', { name: lane.name })}
        onChange={(e) => {
          const mode = e.target.value as WipMode;
          send({ wip: { mode, max: mode === 'off' ? lane.wip.max : (whole(max) ?? 3) } });
        }}
      >
        {MODES.map((m) => (
          <option key={m} value={m}>
            {t(`board.wipMode.${m}`)}
          </option>
        ))}
      </select>
      <input
        className="input sm"
        type="number"
        min={1}
        value={max}
        disabled={lane.wip.mode === 'off'}
        aria-label={t('board.laneMax', { name: lane.name })}
        onChange={(e) => setMax(e.target.value)}
        onBlur={() => {
          const n = whole(max);
          if (n && n !== lane.wip.max) send({ wip: { ...lane.wip, max: n } });
        }}
      />
      <button
        type="button"
        className="btn ghost sm icon"
        aria-label={t('board.removeLane', { name: lane.name })}
        title={t('board.removeLaneHint')}
        onClick={() => void act(store.removeLane(lane.id), t('board.laneRemoved', { name: lane.name }))}
      >
        <Trash2 size={15} aria-hidden />
      </button>
    </li>
  );
}
