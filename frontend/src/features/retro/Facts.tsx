import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { dateOf } from '../../lib/time';
import { Dialog } from '../../ui/Dialog';
import { t } from './messages';
import { useRoom } from './room';
import { type FactLine, factLines } from './words';

/** What the record holds since the last retro, to start from; each number tells its cards. */
export function Facts() {
  const { view } = useRoom();
  const [open, setOpen] = useState<FactLine>();
  const lines = factLines(view.facts);
  if (lines.length === 0) return null;
  const since = dateOf(view.facts.since, Intl.DateTimeFormat().resolvedOptions().timeZone);
  return (
    <>
      <ul
        className="rt-facts"
        aria-label={t('rt.facts', { date: since })}
        title={t('rt.facts', { date: since })}
      >
        {lines.map((f) => {
          const said = (
            <>
              <b>{f.big}</b>
              {f.words}
            </>
          );
          return (
            <li key={f.key}>
              {f.cards.length > 0 ? (
                <button type="button" aria-haspopup="dialog" onClick={() => setOpen(f)}>
                  {said}
                </button>
              ) : (
                <span>{said}</span>
              )}
            </li>
          );
        })}
      </ul>
      {open && (
        <Dialog title={`${open.big} ${open.words}`} onClose={() => setOpen(undefined)} width={380}>
          <p className="small quiet">{t('rt.fact.behind')}</p>
          <ul className="rt-keys">
            {open.cards.map((key) => (
              <li key={key}>
                <Link to="/c/$key" params={{ key } as never} className="link mono">
                  {key}
                </Link>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}
