import { useState } from 'react';
import type { CardClass } from '../../../api/types';
import { Dialog } from '../../../ui/Dialog';
import { t } from '../messages-dialogs';
import { className } from '../words';
import s from './dialogs.module.css';

const OUT: readonly CardClass[] = ['standard', 'fixed_date', 'intangible'];

/** A card that leaves the strip has to become something else; which, nobody can guess. */
export function ClassDialog({
  cardKey,
  answer,
}: {
  cardKey: string;
  answer: (c: CardClass | undefined) => void;
}) {
  const [cls, setClass] = useState<CardClass>('standard');
  return (
    <Dialog
      title={t('board.classTitle', { key: cardKey })}
      onClose={() => answer(undefined)}
      onSubmit={() => answer(cls)}
      actions={
        <>
          <button type="button" className="btn line" onClick={() => answer(undefined)}>
            {t('board.keepExpedite')}
          </button>
          <button type="submit" className="btn">
            {t('board.moveIt')}
          </button>
        </>
      }
    >
      <fieldset className={s.options}>
        <legend>{t('board.classAsk')}</legend>
        {OUT.map((c) => (
          <label key={c}>
            <input
              type="radio"
              name="class"
              data-autofocus={c === cls || undefined}
              checked={c === cls}
              onChange={() => setClass(c)}
            />
            <span>
              {className(c)}
              <small>{t(`board.classHint.${c}`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
