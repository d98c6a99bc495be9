import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../lib/api';
import type { ListAsk } from './entry-list';
import './entry-checks.css';
import { tu } from './messages';

const PHASES = ['design', 'pre_prod', 'post_launch'];

/** What is open in the card's checklist, in the order of its topics. */
export function EntryList({ ask }: { ask: ListAsk }) {
  const { is } = ask;
  const more = is.blocking - is.items.length;
  return (
    <div className="entry-open">
      <p>{ask.sentence}</p>
      {is.items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard too
        <ul tabIndex={0} aria-label={tu('ui.list.open', { n: is.blocking })}>
          {is.items.map((i) => (
            <li key={i.key}>
              <code>{i.key}</code>
              <span>
                {i.question}
                <small>
                  {i.topic} · {tu(`ui.list.why.${i.why}`)}
                  {i.services && ` (${i.services.join(', ')})`}
                </small>
              </span>
            </li>
          ))}
          {more > 0 && <li className="entry-more">{tu('ui.list.more', { n: more })}</li>}
        </ul>
      )}
      {is.phase && PHASES.indexOf(is.phase) < PHASES.indexOf(ask.asks.phase) && is.blocking > 0 && (
        <p className="field-hint">{tu('ui.list.earlier')}</p>
      )}
      {!is.id && !ask.cardId && <p className="field-hint">{tu('ui.list.later')}</p>}
    </div>
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
