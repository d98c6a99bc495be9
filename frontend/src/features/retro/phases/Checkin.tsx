import { PenLine } from 'lucide-react';
import { useState } from 'react';
import { readDraft, writeDraft } from '../../../lib/drafts';
import { t } from '../messages';
import { useRoom } from '../room';
import { isRevealed } from '../words';
import { Answers } from './Notes';
import '../talk.css';

/** One question with a short answer; nobody who would rather write has to wait for it. */
export function Checkin({ onWrite }: { onWrite: () => void }) {
  const { view, retro } = useRoom();
  const { question, mine, n } = view.checkin;
  const name = `retro.${retro.id}.checkin`;
  const [text, setText] = useState(() => readDraft(name)?.text ?? '');
  const [changing, setChanging] = useState(false);
  const open = !isRevealed(view.retro) && view.me.canWrite;
  const type = (next: string) => {
    setText(next);
    writeDraft(name, next ? { text: next } : undefined);
  };
  return (
    <section className="panel rt-card">
      <h2 className="rt-q">{question}</h2>
      {open && (!mine || changing) ? (
        <form
          className="rt-line"
          onSubmit={(e) => {
            e.preventDefault();
            if (!text.trim()) return;
            retro.act({ do: 'checkin', text: text.trim() });
            type('');
            setChanging(false);
          }}
        >
          <input
            className="input"
            aria-label={t('rt.checkin.answer')}
            placeholder={t('rt.checkin.answer')}
            maxLength={200}
            value={text}
            onChange={(e) => type(e.target.value)}
          />
          <button type="submit" className="btn line">
            {t('rt.checkin.send')}
          </button>
        </form>
      ) : (
        mine && (
          <p className="rt-line">
            <span>{t('rt.checkin.mine', { text: mine })}</span>
            {open && (
              <button
                type="button"
                className="btn ghost sm"
                onClick={() => {
                  type(mine);
                  setChanging(true);
                }}
              >
                {t('rt.checkin.change')}
              </button>
            )}
          </p>
        )
      )}
      {isRevealed(view.retro) ? (
        <Answers />
      ) : (
        <p className="quiet small">
          {t('rt.checkin.n', { n })} {n > 0 && t('rt.checkin.hidden')}
        </p>
      )}
      {open && (
        <button type="button" className="btn ghost rt-start" onClick={onWrite}>
          <PenLine size={15} aria-hidden />
          {t('rt.checkin.write')}
        </button>
      )}
    </section>
  );
}
