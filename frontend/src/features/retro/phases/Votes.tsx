import { ChevronDown, Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { Cols } from '../Cols';
import { t } from '../messages';
import { useRoom } from '../room';
import type { Group, RetroView } from '../types';
import { Dots } from './Dots';
import '../groups.css';

/** A third of the topics in votes each; how many a topic has from all is told when all have voted. */
export function Votes() {
  const { view } = useRoom();
  const { voteBudget, maxPerGroup, phase } = view.retro;
  const over = phase !== 'vote';
  return (
    <>
      {!over && (
        <div className="rt-budget">
          <Dots
            n={voteBudget - view.me.votesLeft}
            of={voteBudget}
            label={t('rt.votesUsed', { n: voteBudget - view.me.votesLeft, of: voteBudget })}
          />
          <b aria-live="polite">{t('rt.votesLeft', { n: view.me.votesLeft })}</b>
          <span className="quiet">{t('rt.voteText', { n: maxPerGroup })}</span>
        </div>
      )}
      <Cols all count={(c) => view.groups.filter((g) => g.column === c).length}>
        {(c) => {
          const groups = view.groups.filter((g) => g.column === c.key);
          return (
            <ul>
              {groups.map((g) => (
                <Topic key={g.id} group={g} view={view} over={over} />
              ))}
              {groups.length === 0 && <li className="rt-none">{t('rt.noNotes')}</li>}
            </ul>
          );
        }}
      </Cols>
    </>
  );
}

export const notesOf = (view: RetroView, g: Group) =>
  g.noteIds.flatMap((id) => view.notes.find((n) => n.id === id) ?? []);

function Topic({ group: g, view, over }: { group: Group; view: RetroView; over: boolean }) {
  const { retro } = useRoom();
  const notes = notesOf(view, g);
  const said = notes.length > 1 || notes[0]?.text !== g.title;
  const [open, setOpen] = useState(said);
  const max = view.retro.maxPerGroup;
  const vote = (count: number) => retro.act({ do: 'vote', id: g.id, count });
  const why = over
    ? 'rt.vote.over'
    : g.myVotes >= max
      ? 'rt.vote.max'
      : view.me.votesLeft <= 0
        ? 'rt.vote.none'
        : undefined;
  const plus = t(why ?? 'rt.vote', { title: g.title });
  return (
    <li className="rt-grp" data-mine={g.myVotes || undefined}>
      <h3>{g.title}</h3>
      {open && (
        <ul>
          {notes.map((n) => (
            <li key={n.id}>{n.text}</li>
          ))}
        </ul>
      )}
      <div className="rt-grp-f">
        <button type="button" className="btn ghost sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronDown size={14} style={{ rotate: open ? '180deg' : undefined }} aria-hidden />
          {t('rt.notesN', { n: notes.length })}
        </button>
        {view.me.canWrite && !over && (
          <span className="rt-cast">
            {g.myVotes > 0 && (
              <button
                type="button"
                className="rt-vb"
                aria-label={t('rt.unvote', { title: g.title })}
                onClick={(e) => {
                  if (g.myVotes === 1)
                    (e.currentTarget.parentElement?.lastElementChild as HTMLElement)?.focus();
                  vote(g.myVotes - 1);
                }}
              >
                <Minus size={15} aria-hidden />
              </button>
            )}
            <Dots n={g.myVotes} of={max} label={t('rt.myVotes', { n: g.myVotes })} />
            <button
              type="button"
              className="rt-vb"
              aria-label={plus}
              title={why && plus}
              aria-disabled={why ? true : undefined}
              onClick={() => !why && vote(g.myVotes + 1)}
            >
              <Plus size={15} aria-hidden />
            </button>
          </span>
        )}
        {over && g.myVotes > 0 && (
          <Dots n={g.myVotes} of={g.myVotes} label={t('rt.myVotes', { n: g.myVotes })} />
        )}
      </div>
    </li>
  );
}
