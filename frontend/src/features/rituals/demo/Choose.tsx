import { CircleSlash } from 'lucide-react';
import { useState } from 'react';
import type { Discipline } from '../../../api/types';
import { api } from '../../../lib/api';
import { putData, refresh, useData } from '../../../lib/data';
import { toastError } from '../../../lib/notify';
import { browserZone, dateOf } from '../../../lib/time';
import { useFollow } from '../../../live/follow';
import { DiscIcon } from '../../../ui/DiscIcon';
import { t } from '../messages';
import type { Candidate } from '../types';
import './choose.css';

interface Page {
  items: Candidate[];
}

/** Before a demo: which of the finished cards it shows. What is not ticked comes back next time. */
export function Choose({ seriesId, canWork }: { seriesId: string; canWork: boolean }) {
  const path = `/rituals/${seriesId}/candidates`;
  const { data } = useData<Page>(path);
  useFollow([`ritual:${seriesId}`], () => void refresh(path));
  const [busy, setBusy] = useState(false);
  const all = data?.items ?? [];
  if (all.length === 0) return null;
  const open = all.filter((c) => c.left !== 'skipped');
  const out = all.filter((c) => c.left === 'skipped');
  const shown = open.filter((c) => !c.left);
  const put = async (cards: readonly Candidate[], left?: 'later' | 'skipped') => {
    if (cards.length === 0) return;
    setBusy(true);
    const ids = new Set(cards.map((c) => c.cardId));
    putData<Page>(path, (d) => d && { items: d.items.map((c) => (ids.has(c.cardId) ? { ...c, left } : c)) });
    await api
      .post(path, { cardIds: cards.map((c) => c.cardId), ...(left ? { left } : {}) })
      .then(undefined, toastError);
    await refresh(path);
    setBusy(false);
  };
  return (
    <section className="panel rc" aria-labelledby="demo-choose">
      <header>
        <div>
          <h2 className="h2" id="demo-choose">
            {t('rc.title', { n: shown.length, of: open.length })}
          </h2>
          <p className="small quiet">{t(canWork ? 'rc.text' : 'rc.look')}</p>
        </div>
        {canWork && open.length > 1 && (
          <button
            type="button"
            className="btn line sm"
            data-busy={busy || undefined}
            onClick={() =>
              void (shown.length ? put(shown, 'later') : put(open.filter((c) => c.left === 'later')))
            }
          >
            {t(shown.length ? 'rc.none' : 'rc.all')}
          </button>
        )}
      </header>
      <ul className="rows">
        {open.map((c) => (
          <li key={c.cardId} className="rc-row" data-left={c.left}>
            <label>
              <input
                type="checkbox"
                checked={!c.left}
                disabled={!canWork}
                onChange={() => void put([c], c.left ? undefined : 'later')}
              />
              <DiscIcon d={c.discipline as Discipline} size={16} />
              <span>
                <small className="key">{c.key}</small> {c.title}
                <small className="quiet">
                  {[
                    c.owners.map((o) => o.name).join(', '),
                    t('rd.finished', { date: dateOf(c.finishedAt, browserZone()) }),
                    c.left ? t('rd.outcome.later') : c.again && t('rd.again'),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </span>
            </label>
            {canWork && (
              <button
                type="button"
                className="btn ghost sm"
                aria-label={t('rc.skip', { key: c.key })}
                title={t('rd.skip')}
                onClick={() => void put([c], 'skipped')}
              >
                <CircleSlash size={15} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
      {out.length > 0 && (
        <details className="rc-out">
          <summary>{t('rc.out', { n: out.length })}</summary>
          <ul className="rows">
            {out.map((c) => (
              <li key={c.cardId} className="rc-row">
                <span className="rc-name">
                  <small className="key">{c.key}</small> {c.title}
                </span>
                {canWork && (
                  <button type="button" className="btn ghost sm" onClick={() => void put([c])}>
                    {t('rc.back')}
                    <span className="sr"> {c.key}</span>
                  </button>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
