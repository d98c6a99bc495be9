import { useState } from 'react';
import type { ReturnCategory } from '../../../api/types';
import { canWaive, useMe } from '../../../lib/session';
import type { MoveTo } from '../../../live';
import { Dialog, Field } from '../../../ui/Dialog';
import { answersOf, EntryChecks, NOTHING_SAID, settled } from '../../../ui/EntryChecks';
import { ListWay } from '../../../ui/EntryList';
import { t } from '../messages';
import type { Asked } from './use-moves';

const RETURNS: readonly ReturnCategory[] = ['incomplete', 'defect', 'wrong_need', 'changed_mind', 'other'];

/** What a column asks before a card may come in, or why one goes back. */
export function MoveAsk({
  asked,
  teamId,
  onSend,
  onClose,
}: {
  asked: Asked;
  teamId: string;
  onSend: (to: MoveTo) => void;
  onClose: () => void;
}) {
  const me = useMe();
  const [reason, setReason] = useState('');
  const [category, setCategory] = useState<ReturnCategory>('incomplete');
  const [said, setSaid] = useState(NOTHING_SAID);
  const [tried, setTried] = useState(false);
  const ready = (!asked.limit || reason.trim() !== '') && settled(asked.checks, said, asked.list);
  return (
    <Dialog
      title={t('rp.askTitle', { key: asked.card.key, column: asked.columnName })}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (!ready) return;
        onSend({
          ...asked.to,
          ...(asked.limit ? { reason: reason.trim() } : {}),
          ...(asked.back ? { returnReason: { category } } : {}),
          ...(asked.checks.length || asked.list ? answersOf(asked.checks, said, asked.list) : {}),
        });
      }}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('rs.cancel')}
          </button>
          {asked.list && !said.waiving ? (
            <ListWay ask={asked.list} className="btn" onGo={onClose} />
          ) : (
            <button type="submit" className="btn">
              {t('rp.move')}
            </button>
          )}
        </>
      }
    >
      {asked.limit && (
        <Field label={t('rp.askLimit')} hint={asked.limit}>
          <input
            className="input"
            maxLength={500}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
        </Field>
      )}
      {asked.back && (
        <Field label={t('rp.askReturn')}>
          <select
            className="input"
            value={category}
            onChange={(e) => setCategory(e.target.value as ReturnCategory)}
          >
            {RETURNS.map((c) => (
              <option key={c} value={c}>
                {t(`rp.return.${c}`)}
              </option>
            ))}
          </select>
        </Field>
      )}
      {(asked.checks.length > 0 || asked.list) && (
        <EntryChecks
          checks={asked.checks}
          list={asked.list}
          mayWaive={canWaive(me, teamId)}
          said={said}
          onSay={setSaid}
          tried={tried}
          first
          onGo={onClose}
        />
      )}
    </Dialog>
  );
}
