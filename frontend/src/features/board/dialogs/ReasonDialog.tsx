import { useState } from 'react';
import { RETURN_CATEGORIES, type ReturnCategory } from '../../../api/types';
import { Dialog, Field } from '../../../ui/Dialog';
import { answersOf, EntryChecks, NOTHING_SAID, settled } from '../../../ui/EntryChecks';
import { ListWay } from '../../../ui/EntryList';
import { useRoom } from '../context';
import { t } from '../messages-dialogs';
import type { ReasonAnswer, ReasonAsk } from '../ui-state';
import s from './dialogs.module.css';

interface Props {
  ask: ReasonAsk & { answer: (a: ReasonAnswer | undefined) => void };
}

/** Asks why before a card goes over a limit or back. Both are kept with the move; closing leaves the card where it is. */
export function ReasonDialog({ ask }: Props) {
  const [reason, setReason] = useState('');
  const [category, setCategory] = useState<ReturnCategory | ''>('');
  const [text, setText] = useState('');
  const [said, setSaid] = useState(NOTHING_SAID);
  const [tried, setTried] = useState(false);
  const mayWaive = useRoom().canWaive();
  const checks = ask.checks ?? [];
  const { list } = ask;
  /** Nothing else is asked before it is said that the card may come in without. */
  const held = !!list && !said.waiving;
  const missReason = !!ask.limit && !reason.trim();
  const missBack = !!ask.back && !category;
  const cancel = () => ask.answer(undefined);
  const submit = () => {
    setTried(true);
    if (missReason || missBack || !settled(checks, said, list)) return;
    const answer: ReasonAnswer = checks.length || list ? answersOf(checks, said, list) : {};
    if (ask.limit) answer.reason = reason.trim();
    if (ask.back && category)
      answer.returnReason = text.trim() ? { category, text: text.trim() } : { category };
    ask.answer(answer);
  };
  const title = list
    ? 'board.reason.checksTitle'
    : ask.limit
      ? 'board.reason.limitTitle'
      : ask.back
        ? 'board.reason.backTitle'
        : 'board.reason.checksTitle';
  return (
    <Dialog
      title={t(title, { key: ask.cardKey, column: ask.columnName })}
      onClose={cancel}
      onSubmit={submit}
      actions={
        <>
          <button type="button" className="btn line" onClick={cancel}>
            {t('board.leaveIt')}
          </button>
          {held ? (
            <ListWay ask={list} className="btn" onGo={cancel} />
          ) : (
            <button type="submit" className="btn">
              {t('board.moveIt')}
            </button>
          )}
        </>
      }
    >
      {ask.back && !held && (
        <fieldset className={s.options}>
          <legend>{t('board.reason.why')}</legend>
          {RETURN_CATEGORIES.map((c, i) => (
            <label key={c}>
              <input
                type="radio"
                name="category"
                data-autofocus={i === 0 || undefined}
                checked={category === c}
                onChange={() => setCategory(c)}
              />
              {t(`board.return.${c}`)}
            </label>
          ))}
          {tried && missBack && (
            <p className={s.wrong} role="alert">
              {t('board.reason.chooseOne')}
            </p>
          )}
        </fieldset>
      )}
      {ask.back && !held && (
        <Field label={t('board.reason.more')}>
          <input className="input" value={text} maxLength={500} onChange={(e) => setText(e.target.value)} />
        </Field>
      )}
      {(checks.length > 0 || list) && (
        <EntryChecks
          checks={checks}
          list={list}
          policy={ask.policy}
          mayWaive={mayWaive}
          said={said}
          onSay={setSaid}
          tried={tried}
          first={held || !ask.back}
          onGo={cancel}
        />
      )}
      {ask.limit && !held && (
        <Field
          label={t('board.reason.limit')}
          hint={ask.limit}
          error={tried && missReason ? t('board.reason.needed') : undefined}
        >
          <textarea
            className="input"
            value={reason}
            maxLength={500}
            data-autofocus={(!ask.back && !list && checks.length === 0) || undefined}
            aria-invalid={(tried && missReason) || undefined}
            onChange={(e) => setReason(e.target.value)}
            onKeyDown={(e) => {
              if (e.key === 'Enter' && !e.shiftKey && !e.nativeEvent.isComposing) {
                e.preventDefault();
                submit();
              }
            }}
          />
        </Field>
      )}
    </Dialog>
  );
}
