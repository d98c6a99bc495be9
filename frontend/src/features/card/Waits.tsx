import { useRef, useState } from 'react';
import type { WaitView } from '../../api/types';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { toast, toastError } from '../../lib/notify';
import { Field } from '../../ui/Dialog';
import css from './card.module.css';
import { attempt, useRoom } from './context';
import { t } from './messages';
import { Small } from './Raise';

/** The cards that this one waits for, and those that wait for it, also of other boards. */
export function Waits() {
  const { face, detail, can } = useRoom();
  const [adding, setAdding] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const waits = detail?.waitsFor ?? [];
  const blocks = detail?.blocks ?? [];
  if (!detail || (waits.length === 0 && blocks.length === 0 && !can.work)) return null;
  const end = async (w: WaitView) => {
    const path = `/cards/${face.id}/blocked-by`;
    try {
      await api.del(`${path}/${w.cardId}`);
    } catch (error) {
      toastError(error);
      return;
    }
    const text = t('card.waitEnded', { key: face.key, other: w.key });
    announce(text);
    toast({
      text,
      action: w.finished
        ? undefined
        : { label: t('card.undo'), run: () => void attempt(api.post(path, { card: w.cardId })) },
    });
  };
  const close = () => {
    setAdding(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  return (
    <section className={css.part} aria-label={t('card.waits')}>
      <div className={css.partHead}>
        <h3>{t('card.waits')}</h3>
        {can.work && !adding && (
          <button ref={opener} type="button" className="btn ghost sm" onClick={() => setAdding(true)}>
            {t('card.waitAdd')}
          </button>
        )}
      </div>
      {waits.length > 0 && (
        <ul className={css.list} aria-label={t('card.waitsOn')}>
          {waits.map((w) => (
            <Other key={w.cardId} wait={w}>
              {can.work && (
                <button
                  type="button"
                  className="btn ghost sm"
                  aria-label={t('card.waitEndOf', { key: w.key })}
                  onClick={() => void end(w)}
                >
                  {t('card.waitEnd')}
                </button>
              )}
            </Other>
          ))}
        </ul>
      )}
      {adding && <WaitForm onDone={close} />}
      {blocks.length > 0 && (
        <>
          <h4 className={css.sub}>{t('card.blocksOthers')}</h4>
          <ul className={css.list}>
            {blocks.map((w) => (
              <Other key={w.cardId} wait={w} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Other({ wait: w, children }: { wait: WaitView; children?: React.ReactNode }) {
  const state = w.archived
    ? t('card.waitArchived')
    : w.finished
      ? t('card.waitFinished')
      : w.boardName && `${w.boardName} · ${w.columnName}`;
  return (
    <li className={css.row}>
      <span>
        <a href={`/c/${w.key}`}>
          <code>{w.key}</code> {w.title}
        </a>{' '}
        {state && <span className={css.sub}>{state}</span>}
      </span>
      {children}
    </li>
  );
}

function WaitForm({ onDone }: { onDone: () => void }) {
  const { face, store } = useRoom();
  const [key, setKey] = useState('');
  const [said, setSaid] = useState<string>();
  const save = async () => {
    try {
      await api.post(`/cards/${face.id}/blocked-by`, { card: key.trim() });
      announce(t('card.waitSaid', { key: face.key, other: key.trim().toUpperCase() }));
      onDone();
    } catch (error) {
      setSaid((error as Error).message);
    }
  };
  const listId = `cards-${face.id}`;
  return (
    <Small
      label={t('card.waitAdd')}
      save={t('card.waitDo')}
      ready={key.trim() !== ''}
      onSave={() => void save()}
      onCancel={onDone}
    >
      <Field label={t('card.waitKey')} hint={t('card.waitHint')} error={said}>
        <input
          className="input sm"
          // biome-ignore lint/a11y/noAutofocus: the form was asked for by this very press
          autoFocus
          list={listId}
          maxLength={64}
          placeholder="PAY-42"
          value={key}
          onChange={(e) => {
            setKey(e.target.value);
            setSaid(undefined);
          }}
        />
      </Field>
      <datalist id={listId}>
        {store
          .cardIds()
          .map((id) => store.card(id))
          .filter((c) => c?.key && c.id !== face.id && !c.finishedAt)
          .map((c) => (
            <option key={c!.id} value={c!.key}>
              {c!.title}
            </option>
          ))}
      </datalist>
    </Small>
  );
}
