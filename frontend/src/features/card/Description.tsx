import { Suspense, useEffect, useState } from 'react';
import { lazyPart } from '../../lib/lazy';
import css from './card.module.css';
import { attempt, offerBack, useChanger, useRoom } from './context';
import { Offer, useKept } from './drafts';
import { Editor } from './Editor';
import { Markdown } from './Markdown';
import { t } from './messages';
import { tf } from './messages-full';

const Versions = lazyPart(() => import('./Versions').then((m) => m.Versions));

const WHAT = 'description';

interface Begun {
  text: string;
  base: string;
  version: number;
}

/** The description: rendered by the server, edited as Markdown. The draft stays until it is saved or thrown away. */
export function Description() {
  const { store, face, detail, can, typing } = useRoom();
  const who = useChanger(WHAT);
  const [begun, setBegun] = useState<Begun>();
  const [theirs, setTheirs] = useState(false);
  const [versions, setVersions] = useState(false);
  /** Sent and not yet read back. */
  const [sent, setSent] = useState<string>();
  const kept = useKept(face.id, WHAT);
  const current = detail?.card.description;

  useEffect(() => {
    if (sent !== undefined && current === sent) setSent(undefined);
  }, [current, sent]);

  if (!detail) return null;
  const edit = (text: string, from?: { base?: string; version?: number }) => {
    setBegun({
      text,
      base: from?.base ?? detail.card.description,
      version: from?.version ?? detail.card.version,
    });
    kept.taken();
    typing(true);
  };
  const change = (text: string) => {
    if (!begun) return;
    const next = { ...begun, text };
    setBegun(next);
    kept.keep(text === begun.base ? undefined : next);
    typing(true);
  };
  const leave = () => {
    setBegun(undefined);
    setTheirs(false);
    kept.look();
    typing(false);
  };
  const save = async () => {
    if (!begun) return;
    const { text, base, version } = begun;
    kept.keep(undefined);
    leave();
    if (text === base) return;
    setSent(text);
    // Refused because of somebody else's change: the words are in the conflict panel. For any other reason: a draft again.
    const saved = await attempt(store.patch(face.id, { description: text }, { version }));
    if (saved) return;
    setSent(undefined);
    if (store.rejected().some((r) => r.cardId === face.id && r.text)) return;
    kept.keep({ text, base, version });
    kept.look();
  };
  /** Mine is put away, and can be had back. */
  const takeTheirs = () => {
    const mine = begun;
    kept.keep(undefined);
    leave();
    if (!mine) return;
    offerBack(() => {
      kept.keep(mine);
      kept.look();
    });
  };

  return (
    <section className={css.part} aria-label={t('card.description')}>
      <div className={css.partHead}>
        <h3>{t('card.description')}</h3>
        {sent !== undefined && <span className={css.unsent}>{t('card.waiting')}</span>}
        {(detail.revisions ?? 0) > 1 && !begun && (
          <button type="button" className="btn ghost sm" onClick={() => setVersions(true)}>
            {tf('card.versions', { n: detail.revisions ?? 0 })}
          </button>
        )}
        {can.work && !begun && (
          <button
            type="button"
            className="btn ghost sm"
            aria-label={t('card.editDescription')}
            onClick={() => edit(sent ?? detail.card.description)}
          >
            {t('card.edit')}
          </button>
        )}
      </div>
      {versions && (
        <Suspense>
          <Versions onClose={() => setVersions(false)} />
        </Suspense>
      )}
      {!begun && can.work && <Offer kept={kept} onGoOn={(d) => edit(d.text, d)} />}
      {begun && detail.card.description !== begun.base && (
        <div className={css.meanwhile} role="status">
          <p>
            {t('card.changedMeanwhile', { who })}{' '}
            <button
              type="button"
              className="btn ghost sm"
              aria-expanded={theirs}
              onClick={() => setTheirs(!theirs)}
            >
              {t('card.seeTheirs')}
            </button>
            <button
              type="button"
              className="btn ghost sm"
              onClick={() =>
                setBegun({ ...begun, base: detail.card.description, version: detail.card.version })
              }
            >
              {t('card.keepMine')}
            </button>
            <button type="button" className="btn ghost sm" onClick={takeTheirs}>
              {t('card.takeTheirs')}
            </button>
          </p>
          {theirs && <Markdown html={detail.card.descriptionHtml} />}
        </div>
      )}
      {begun ? (
        <Editor
          label={t('card.description')}
          value={begun.text}
          onChange={change}
          onSave={() => void save()}
          onCancel={leave}
          rows={10}
          maxLength={100_000}
          focus
        />
      ) : sent !== undefined ? (
        <p className={css.plain}>{sent}</p>
      ) : detail.card.description ? (
        <Markdown html={detail.card.descriptionHtml} />
      ) : can.work ? (
        <button type="button" className={css.invite} onClick={() => edit('')}>
          {t('card.describe')}
        </button>
      ) : (
        <p className={css.quiet}>{t('card.noDescription')}</p>
      )}
    </section>
  );
}
