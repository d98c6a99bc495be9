import { CircleAlert, CircleCheck, Info, LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Signal } from '../../api/types';
import { announce } from '../../lib/announce';
import { absolute, relative } from '../../lib/time';
import css from './card.module.css';
import { attempt, useRoom } from './context';
import { t } from './messages';
import { expired } from './model';

const ICON = { ok: CircleCheck, running: LoaderCircle, failed: CircleAlert, info: Info };

/** Chips that pipelines set; grey when their time is over. */
export function Signals() {
  const { face } = useRoom();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
  if (face.signals.length === 0) return null;
  return (
    <section className={css.part} aria-label={t('card.signals')}>
      <div className={css.partHead}>
        <h3>{t('card.signals')}</h3>
      </div>
      <ul className={css.signals}>
        {face.signals.map((s) => (
          <Chip key={s.key} signal={s} />
        ))}
      </ul>
    </section>
  );
}

function Chip({ signal: s }: { signal: Signal }) {
  const Icon = ICON[s.state] ?? Info;
  const old = expired(s);
  const safe = s.url && /^https?:\/\//i.test(s.url) ? s.url : undefined;
  return (
    <li data-state={old ? 'old' : s.state}>
      <Icon size={16} aria-hidden />
      <code>{s.key}</code>
      {safe ? (
        <a href={safe} target="_blank" rel="noreferrer noopener">
          {s.text || t(`card.signal.${s.state}`)}
        </a>
      ) : (
        <span>{s.text || t(`card.signal.${s.state}`)}</span>
      )}
      <span className="sr">{t(`card.signal.${s.state}`)}</span>
      <time className={css.sub} dateTime={s.at} title={absolute(s.at)}>
        {relative(s.at)}
        {old && ` · ${t('card.expired')}`}
      </time>
    </li>
  );
}

const FIRST = 8;
/** How the server begins the line of a move that was an undo; those cannot be undone. */
const UNDONE = 'undid';

/** What happened, newest first. The newest move can be put back from here. */
export function History() {
  const { store, face, detail, can } = useRoom();
  const [all, setAll] = useState(false);
  if (!detail?.history.length) return null;
  const list = all ? detail.history : detail.history.slice(0, FIRST);
  const lastMove = detail.history.find((h) => h.type === 'card.moved');
  return (
    <section className={css.part} aria-label={t('card.history')}>
      <div className={css.partHead}>
        <h3>{t('card.history')}</h3>
      </div>
      <ol className={css.history}>
        {list.map((h) => (
          // An import gives many entries one sequence.
          <li key={`${h.seq}-${h.at}-${h.type}-${h.text}`}>
            <span>
              <b>{h.actorName}</b> {h.text}
            </span>
            <time className={css.sub} dateTime={h.at} title={absolute(h.at)}>
              {relative(h.at)}
            </time>
            {can.work && h === lastMove && h.seq !== undefined && !h.text.startsWith(UNDONE) && (
              <button
                type="button"
                className="btn ghost sm"
                onClick={() => {
                  void attempt(store.undo(face.id, h.seq!)).then(
                    (kept) => kept && announce(t('card.putBackSaid', { key: face.key })),
                  );
                }}
              >
                {t('card.putBack')}
              </button>
            )}
          </li>
        ))}
      </ol>
      {!all && detail.history.length > FIRST && (
        <button type="button" className="btn ghost sm" onClick={() => setAll(true)}>
          {t('card.moreHistory', { n: detail.history.length })}
        </button>
      )}
      {face.historyIncomplete && <p className={css.quiet}>{t('card.historyIncomplete')}</p>}
    </section>
  );
}
