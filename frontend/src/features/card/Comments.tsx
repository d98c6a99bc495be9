import { useState } from 'react';
import type { Comment } from '../../api/types';
import { announce } from '../../lib/announce';
import { readDraft, writeDraft } from '../../lib/drafts';
import { useKept } from '../../lib/kept';
import { absolute, relative } from '../../lib/time';
import { usePeople, useWaiting } from '../../live';
import { Avatar } from '../../ui/Avatar';
import { Markdown } from '../../ui/Markdown';
import css from './card.module.css';
import { attempt, isListed, useRoom } from './context';
import { Editor } from './Editor';
import { t } from './messages';
import { commentsOf, type Shown } from './model';
import { Offer } from './Offer';

export function Comments() {
  const { face, detail, can, me } = useRoom();
  const waiting = useWaiting(face.id);
  if (!detail) return null;
  const comments = commentsOf(detail, waiting, me);
  return (
    <section className={css.part} aria-label={t('card.comments')}>
      <div className={css.partHead}>
        <h3>{t('card.comments')}</h3>
        {comments.length > 0 && <span className="count">{comments.length}</span>}
      </div>
      {comments.length === 0 && !can.comment && <p className={css.quiet}>{t('card.noComments')}</p>}
      <ol className={css.comments}>
        {comments.map((c) => (
          <One key={c.id} comment={c} />
        ))}
      </ol>
      {can.comment && <Compose key={face.id} />}
    </section>
  );
}

function One({ comment: c }: { comment: Shown<Comment> }) {
  const { store, face, can, me } = useRoom();
  const person = usePeople().get(c.authorId ?? '');
  const [begun, setBegun] = useState<{ text: string; was: string }>();
  const [asking, setAsking] = useState(false);
  const kept = useKept(`${face.id}.comment.${c.id}`);
  const own = can.comment && c.authorId === me.id;
  const edit = (text: string, was: string) => {
    setBegun({ text, was });
    kept.taken();
  };
  return (
    <li className={css.comment}>
      <Avatar person={person ?? { name: c.authorName, hue: 6 }} size={28} decorative />
      <div className={css.said}>
        <p className={css.by}>
          <strong>{person?.name ?? c.authorName}</strong>
          <time dateTime={c.at} title={absolute(c.at)}>
            {relative(c.at)}
          </time>
          {c.editedAt && <span title={absolute(c.editedAt)}>{t('card.edited')}</span>}
          {c.waiting && <span className={css.unsent}>{t('card.waiting')}</span>}
          {own && !begun && !asking && (
            <span className={css.rowActs}>
              <button type="button" className="btn ghost sm" onClick={() => edit(c.text, c.text)}>
                {t('card.edit')}
              </button>
              <button type="button" className="btn ghost sm" onClick={() => setAsking(true)}>
                {t('card.delete')}
              </button>
            </span>
          )}
        </p>
        {asking && (
          <p className={css.note} role="alert">
            {t('card.reallyDelete')}
            <button
              type="button"
              className="btn danger sm"
              onClick={() => {
                setAsking(false);
                announce(t('card.commentDeleted'));
                void attempt(store.removeComment(face.id, c.id));
              }}
            >
              {t('card.delete')}
            </button>
            <button type="button" className="btn line sm" onClick={() => setAsking(false)}>
              {t('card.keep')}
            </button>
          </p>
        )}
        {own && !begun && <Offer kept={kept} onGoOn={(d) => edit(d.text, d.base ?? c.text)} />}
        {begun ? (
          <Editor
            label={t('card.comment')}
            value={begun.text}
            onChange={(text) => {
              setBegun({ ...begun, text });
              kept.keep({ text, base: begun.was });
            }}
            rows={4}
            focus
            onCancel={() => {
              setBegun(undefined);
              kept.look();
            }}
            onSave={() => {
              const { was } = begun;
              const said = begun.text.trim();
              setBegun(undefined);
              kept.keep(undefined);
              if (said && said !== was)
                void attempt(store.editComment(face.id, c.id, said, was)).then((saved) => {
                  if (!saved && !isListed(store, c.id)) setBegun({ text: said, was });
                });
            }}
          />
        ) : c.html ? (
          <Markdown html={c.html} />
        ) : (
          <p className={css.plain}>{c.text}</p>
        )}
      </div>
    </li>
  );
}

function Compose() {
  const { store, face, typing } = useRoom();
  const name = `${face.id}.comment`;
  const [text, setText] = useState(() => readDraft(name)?.text ?? '');
  const change = (next: string) => {
    setText(next);
    writeDraft(name, { text: next });
    typing(next !== '');
  };
  const send = () => {
    const said = text.trim();
    if (!said) return;
    change('');
    announce(t('card.commentAdded'));
    void attempt(store.comment(face.id, said)).then((kept) => {
      if (!kept) change(said);
    });
  };
  return (
    <Editor
      label={t('card.commentHint')}
      placeholder={t('card.commentHint')}
      value={text}
      onChange={change}
      onSave={send}
      saveLabel={t('card.comment')}
      rows={3}
      maxLength={20_000}
    />
  );
}
