import { useState } from 'react';
import { type Rejected, usePeople, useRejected } from '../../live';
import css from './card.module.css';
import { offerBack, useChanger, useRoom } from './context';
import { t } from './messages';

const NAMES = {
  title: 'card.title',
  description: 'card.description',
  todo: 'card.todoWords',
  comment: 'card.comment',
} as const;

/** Same text, two people: both are shown, and the second decides. */
export function Conflicts() {
  const { face } = useRoom();
  return useRejected()
    .filter((r) => r.cardId === face.id && r.text)
    .map((r) => <One key={r.key} r={r} />);
}

/** What the text says now, who changed it, and what "mine" would be written on top of. */
function useTheirs({ field, targetId }: NonNullable<Rejected['text']>) {
  const { face, detail } = useRoom();
  const people = usePeople();
  const [title, description] = [useChanger('title'), useChanger('description')];
  switch (field) {
    case 'title':
      return { theirs: face.title, who: title, over: { version: face.version } };
    case 'description':
      return {
        theirs: detail?.card.description ?? '',
        who: description,
        over: { version: detail?.card.version ?? face.version },
      };
    case 'todo': {
      const theirs = detail?.todos.find((x) => x.id === targetId)?.text;
      return { theirs, who: t('card.somebody'), over: { was: theirs } };
    }
    case 'comment': {
      const c = detail?.comments.find((x) => x.id === targetId);
      const who = people.get(c?.authorId ?? '')?.name ?? t('card.somebody');
      return { theirs: c?.text, who, over: { was: c?.text } };
    }
  }
}

function One({ r }: { r: Rejected }) {
  const { store } = useRoom();
  const { field, mine } = r.text!;
  const { theirs, who, over } = useTheirs(r.text!);
  const [both, setBoth] = useState<string>();
  const said = t('card.conflict', { field: t(NAMES[field]), who });
  const long = field === 'description' || field === 'comment';
  const save = (text: string) => store.keepRejected(r.key, text, over);
  return (
    <section className={css.conflict} role="alert" aria-label={said}>
      <p>{said}</p>
      <div className={css.sides}>
        <div>
          <h4>{t('card.yours')}</h4>
          <p className={css.plain}>{mine}</p>
          {theirs !== undefined && (
            <button
              type="button"
              className={both === undefined ? 'btn sm' : 'btn line sm'}
              onClick={() => save(mine)}
            >
              {t('card.keepMine')}
            </button>
          )}
        </div>
        <div>
          <h4>{t('card.theirs')}</h4>
          <p className={css.plain}>{theirs ?? t('card.goneTarget')}</p>
          <button type="button" className="btn line sm" onClick={() => offerBack(store.dropRejected(r.key))}>
            {t('card.takeTheirs')}
          </button>
        </div>
      </div>
      {theirs !== undefined && both === undefined && (
        <button
          type="button"
          className={`btn ghost sm ${css.mergeOn}`}
          onClick={() => setBoth(long ? `${theirs}\n\n${mine}` : mine)}
        >
          {t('card.merge')}
        </button>
      )}
      {both !== undefined && (
        <form
          className={css.merged}
          onSubmit={(e) => {
            e.preventDefault();
            if (both.trim()) save(long ? both.trim() : both.replace(/\s+/g, ' ').trim());
          }}
        >
          <label>
            {t('card.merged')}
            <textarea
              className="input"
              rows={long ? 8 : 2}
              value={both}
              // biome-ignore lint/a11y/noAutofocus: it was asked for with the button that it replaces
              autoFocus
              onChange={(e) => setBoth(e.target.value)}
            />
          </label>
          <div className={css.formFoot}>
            <button type="button" className="btn ghost sm" onClick={() => setBoth(undefined)}>
              {t('card.cancel')}
            </button>
            <button type="submit" className="btn sm" disabled={!both.trim()}>
              {t('card.saveMerged')}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
