import { Suspense, useEffect, useState } from 'react';
import { lazyPart } from '../../lib/lazy';
import { Markdown } from '../../ui/Markdown';
import css from './card.module.css';
import { attempt, useRoom } from './context';
import { Editor } from './Editor';
import { t } from './messages';
import { tf } from './messages-full';
import { Offer } from './Offer';
import { Meanwhile, useWriting } from './writing';

const Versions = lazyPart(() => import('./Versions').then((m) => m.Versions));

const WHAT = 'description';

/** The description: rendered by the server, edited as Markdown. The draft stays until it is saved or thrown away. */
export function Description() {
  const { store, face, detail, can } = useRoom();
  const [versions, setVersions] = useState(false);
  /** Sent and not yet read back. */
  const [sent, setSent] = useState<string>();
  const current = detail?.card.description;
  const writing = useWriting(WHAT, current ?? '');
  const { begun, kept } = writing;

  useEffect(() => {
    if (sent !== undefined && current === sent) setSent(undefined);
  }, [current, sent]);

  if (!detail) return null;
  const save = async () => {
    if (!begun) return;
    const { text, base, version } = begun;
    writing.done();
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
            onClick={() => writing.begin(sent ?? detail.card.description)}
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
      {!begun && can.work && <Offer kept={kept} onGoOn={(d) => writing.begin(d.text, d)} />}
      <Meanwhile writing={writing} field={WHAT} theirs={<Markdown html={detail.card.descriptionHtml} />} />
      {begun ? (
        <Editor
          label={t('card.description')}
          value={begun.text}
          onChange={writing.change}
          onSave={() => void save()}
          onCancel={writing.leave}
          rows={10}
          maxLength={100_000}
          focus
        />
      ) : sent !== undefined ? (
        <p className={css.plain}>{sent}</p>
      ) : detail.card.description ? (
        <Markdown html={detail.card.descriptionHtml} />
      ) : can.work ? (
        <button type="button" className={css.invite} onClick={() => writing.begin('')}>
          {t('card.describe')}
        </button>
      ) : (
        <p className={css.quiet}>{t('card.noDescription')}</p>
      )}
    </section>
  );
}
