import { useState } from 'react';
import { RETURN_CATEGORIES, type ReturnCategory } from '../../api/types';
import { announce } from '../../lib/announce';
import { ApiError } from '../../lib/api';
import { toast } from '../../lib/notify';
import { canWaive, currentSession } from '../../lib/session';
import { type MoveTo, useBoard, useColumnInfo, useColumns, useLanes } from '../../live';
import { Field } from '../../ui/Dialog';
import { answersOf, EntryChecks, NOTHING_SAID, settled } from '../../ui/EntryChecks';
import { ListWay } from '../../ui/EntryList';
import { asksFirst, limitAsked, listAskOf } from '../../ui/entry-list';
import css from './card.module.css';
import { attempt, useRoom } from './context';
import { Fact, Opening } from './Facts';
import { t } from './messages';

/** Column and lane, and the way to another place. Where the board offers its own dialog, that one is opened. */
export function Where() {
  const { face, can, onMove } = useRoom();
  const columns = useColumns();
  const lanes = useLanes();
  const column = columns.find((c) => c.id === face.columnId)?.name ?? '';
  const lane = lanes.find((l) => l.id === face.laneId)?.name;
  const place = `${face.columnId}|${face.laneId ?? ''}`;
  /** Where the card stood when it was sent on its way: refused, it comes back to what was filled in. */
  const [from, setFrom] = useState<string>();
  const shown = (
    <span>
      {column}
      {lanes.length > 0 && <span className={css.quiet}> · {lane ?? t('card.noLane')}</span>}
    </span>
  );
  if (!can.work || onMove)
    return (
      <Fact name={t('card.where')}>
        {shown}
        {can.work && onMove && (
          <button type="button" className="btn line sm" onClick={() => onMove(face.id)}>
            {t('card.move')}
          </button>
        )}
      </Fact>
    );
  return (
    <Opening
      name={t('card.where')}
      leave={t('card.cancel')}
      shown={
        <>
          {shown}
          <span className={css.doIt}>{t('card.move')}</span>
        </>
      }
    >
      {(close) => (
        <MoveForm
          key={from ?? place}
          onDone={close}
          onSending={(sending) => setFrom(sending ? place : undefined)}
        />
      )}
    </Opening>
  );
}

type Slot = 'top' | 'end';

function MoveForm({ onDone, onSending }: { onDone: () => void; onSending: (sending: boolean) => void }) {
  const { store, face } = useRoom();
  const columns = useColumns();
  const lanes = useLanes();
  const { expedite, teamId } = useBoard();
  const [columnId, setColumn] = useState(face.columnId);
  const [laneId, setLane] = useState(face.laneId ?? '');
  const [slot, setSlot] = useState<Slot>('end');
  const [reason, setReason] = useState('');
  const [category, setCategory] = useState<ReturnCategory | ''>('');
  const [because, setBecause] = useState('');
  const [checked, setChecked] = useState(NOTHING_SAID);
  /** What the server asked for beyond what could be foreseen, or why it said no. */
  const [said, setSaid] = useState<ApiError>();
  const { count } = useColumnInfo(columnId);

  const target = columns.find((c) => c.id === columnId);
  const entering = columnId !== face.columnId;
  const counted = expedite.counts || face.class !== 'expedite';
  const max = target?.wip.max;
  const full = entering && counted && max !== undefined && max !== null && count >= max;
  const asked = said?.extra.needs ?? [];
  const hard = full && target?.wip.mode === 'hard';
  const over = (full && target?.wip.mode === 'reason') || asked.includes('limit');
  const index = (id: string) => columns.findIndex((c) => c.id === id);
  const back = index(columnId) < index(face.columnId) || asked.includes('return');
  // what the column asks of a card that comes in from the left; who comes back has been asked
  const checks = (entering && !back && target?.checks) || said?.extra.checks || [];
  const list = said && listAskOf(said, face.id);
  const session = currentSession();
  const mayWaive = session.state === 'in' && canWaive(session.me, teamId);
  const ready = !hard && (!over || reason.trim()) && (!back || category) && settled(checks, checked, list);

  const move = async () => {
    if (!ready) return;
    const first = store.columnOrder(columnId).find((id) => id !== face.id);
    const to: MoveTo = {
      columnId,
      ...(lanes.length ? { laneId: laneId || null } : {}),
      ...(slot === 'top' && first ? { beforeId: first } : {}),
      ...(over ? { reason: reason.trim() } : {}),
      ...(checks.length || list ? answersOf(checks, checked, list) : {}),
      ...(back && category
        ? { returnReason: { category, ...(because.trim() ? { text: because.trim() } : {}) } }
        : {}),
    };
    onSending(true);
    const sent = store.move(face.id, to);
    const text = t('card.moved', { key: face.key, column: target?.name ?? '' });
    try {
      setSaid(undefined);
      const { seq } = await sent;
      onDone();
      announce(text);
      toast({
        text,
        action: { label: t('card.undo'), run: () => void attempt(store.undo(face.id, seq)) },
      });
    } catch (error) {
      if (error instanceof ApiError) setSaid(error);
    } finally {
      onSending(false);
    }
  };

  return (
    <form
      className={css.move}
      onSubmit={(e) => {
        e.preventDefault();
        void move();
      }}
    >
      <Field
        label={t('card.column')}
        hint={
          full
            ? t(hard ? 'card.fullHard' : 'card.full', { name: target?.name ?? '', count, max: max ?? 0 })
            : undefined
        }
      >
        <select
          className="input sm"
          value={columnId}
          onChange={(e) => {
            setColumn(e.target.value);
            setSaid(undefined);
          }}
        >
          {columns.map((c) => (
            <option key={c.id} value={c.id}>
              {c.name}
            </option>
          ))}
        </select>
      </Field>
      {lanes.length > 0 && (
        <Field label={t('card.lane')}>
          <select className="input sm" value={laneId} onChange={(e) => setLane(e.target.value)}>
            <option value="">{t('card.noLane')}</option>
            {lanes.map((l) => (
              <option key={l.id} value={l.id}>
                {l.name}
              </option>
            ))}
          </select>
        </Field>
      )}
      <Field label={t('card.position')}>
        <select className="input sm" value={slot} onChange={(e) => setSlot(e.target.value as Slot)}>
          <option value="top">{t('card.top')}</option>
          <option value="end">{t('card.end')}</option>
        </select>
      </Field>
      {over && (
        <Field label={t('card.overReason')} hint={said && limitAsked(said)}>
          <input
            className="input sm"
            maxLength={2000}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
        </Field>
      )}
      {(checks.length > 0 || list) && (
        <EntryChecks
          checks={checks}
          list={list}
          policy={target?.policy}
          mayWaive={mayWaive}
          said={checked}
          onSay={setChecked}
          tried={false}
        />
      )}
      {back && (
        <>
          <Field label={t('card.returnReason')}>
            <select
              className="input sm"
              value={category}
              onChange={(e) => setCategory(e.target.value as ReturnCategory)}
            >
              <option value="" disabled>
                {t('card.choose')}
              </option>
              {RETURN_CATEGORIES.map((c) => (
                <option key={c} value={c}>
                  {t(`card.return.${c}`)}
                </option>
              ))}
            </select>
          </Field>
          <Field label={t('card.returnText')}>
            <input
              className="input sm"
              maxLength={2000}
              value={because}
              onChange={(e) => setBecause(e.target.value)}
            />
          </Field>
        </>
      )}
      {list && !checked.waiving && <ListWay ask={list} className="btn line sm" />}
      {said && !asksFirst(said) && (
        <p className={css.note} role="alert">
          {said.detail}
        </p>
      )}
      <button type="submit" className="btn sm" disabled={!ready}>
        {t('card.moveHere')}
      </button>
    </form>
  );
}
