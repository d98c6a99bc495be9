import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../lib/api';
import type { ListAsk } from './entry-list';
import './entry-checks.css';
import { excusedWords } from './excused';
import { tu } from './messages';

const PHASES = ['design', 'pre_prod', 'post_launch'];

const LEVELS = ['light', 'standard', 'critical'];
/** So many are shown; the rest is read where it is answered. */
const SHOWN = 6;

type Open = ListAsk['is']['items'][number];

/** The first that are open in the card's checklist, by topic, and why there are more than its own page counts. */
export function EntryList({ ask, onGo }: { ask: ListAsk; onGo?: () => void }) {
  const { is, asks } = ask;
  const shown = is.items.slice(0, SHOWN);
  const more = is.blocking - shown.length;
  const topics = [...new Set(shown.map((i) => i.topic))];
  const higher = is.level && LEVELS.indexOf(is.level) < LEVELS.indexOf(asks.level);
  const earlier = is.phase && PHASES.indexOf(is.phase) < PHASES.indexOf(asks.phase);
  return (
    <div className="entry-open">
      <p>{ask.sentence}</p>
      {shown.length > 0 && (
        <ul aria-label={tu('ui.list.open', { n: is.blocking })}>
          {topics.map((topic) => (
            <li key={topic}>
              <b>{topic}</b>
              <ul>
                {shown
                  .filter((i) => i.topic === topic)
                  .map((i) => (
                    <OpenItem key={i.key} of={i} />
                  ))}
              </ul>
            </li>
          ))}
          {more > 0 && (
            <li className="entry-more">
              {is.id ? (
                <Link
                  to="/checklists/$checklist"
                  params={{ checklist: is.id } as never}
                  className="link"
                  onClick={onGo}
                >
                  {tu('ui.list.more', { n: more })}
                </Link>
              ) : (
                tu('ui.list.more', { n: more })
              )}
            </li>
          )}
        </ul>
      )}
      {is.excused && (
        <p className="field-hint">{tu('ui.list.excused', { what: excusedWords(is.excused) })}</p>
      )}
      {is.blocking > 0 && (higher || earlier) && (
        <p className="field-hint">
          {higher &&
            `${tu('ui.list.higher', {
              level: tu(`ui.list.level.${asks.level}`),
              own: tu(`ui.list.level.${is.level!}`),
            })} `}
          {tu(higher ? (earlier ? 'ui.list.both' : 'ui.list.higherHow') : 'ui.list.earlier')}
        </p>
      )}
      {!is.id && !ask.cardId && <p className="field-hint">{tu('ui.list.later')}</p>}
    </div>
  );
}

function OpenItem({ of }: { of: Open }) {
  return (
    <li>
      <code>{of.key}</code>
      <span>
        {of.question}
        <small>
          {tu(`ui.list.why.${of.why}`)}
          {of.services && ` (${of.services.join(', ')})`}
        </small>
      </span>
    </li>
  );
}

/** The way to the card's checklist: it is opened, or started at the level that the column asks for. */
export function ListWay({ ask, className, onGo }: { ask: ListAsk; className: string; onGo?: () => void }) {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState('');
  if (ask.is.id)
    return (
      <Link
        to="/checklists/$checklist"
        params={{ checklist: ask.is.id } as never}
        className={className}
        data-autofocus
        onClick={onGo}
      >
        {tu('ui.list.go')}
      </Link>
    );
  if (!ask.cardId || ask.is.blocking > 0) return null; // not made yet, or not for the viewer
  const start = async () => {
    setBusy(true);
    setWrong('');
    try {
      const { level, phase, templateId } = ask.asks;
      const made = await api.post<{ id: string; version: number }>('/checklists', {
        kind: 'card',
        cardId: ask.cardId,
        level,
        ...(templateId ? { templateId } : {}),
      });
      // it begins at the design; what is asked for here shall be what blocks there
      if (phase !== 'design')
        await api.patch(`/checklists/${made.id}`, { phase, version: made.version }).catch(() => undefined);
      onGo?.();
      void navigate({ to: '/checklists/$checklist', params: { checklist: made.id } as never });
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <>
      {wrong && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
      <button
        type="button"
        className={className}
        data-autofocus
        data-busy={busy || undefined}
        disabled={busy}
        onClick={() => void start()}
      >
        {tu('ui.list.start')}
      </button>
    </>
  );
}
