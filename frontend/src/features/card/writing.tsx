import { type ReactNode, useState } from 'react';
import { type Kept, useKept } from '../../lib/kept';
import css from './card.module.css';
import { offerBack, useChanger, useRoom } from './context';
import { t } from './messages';

/** What is being written, and the words and version of the card that it was begun from. */
export interface Begun {
  text: string;
  base: string;
  version: number;
}

/** Long words of a card while one person writes and another may, too. */
export interface Writing {
  kept: Kept;
  begun: Begun | undefined;
  /** Somebody changed them since it was begun. */
  changed: boolean;
  /** What to send it against: the newest version that says what it was begun from. */
  version: number | undefined;
  begin: (text: string, from?: { base?: string; version?: number }) => void;
  change: (text: string) => void;
  /** Puts it away; what is not saved stays as a draft. */
  leave: () => void;
  /** Puts it away for good. */
  done: () => void;
  /** Goes on from what the other wrote, with one's own words. */
  keepMine: () => void;
  /** Mine is put away, and can be had back. */
  takeTheirs: () => void;
}

/** `field` names the draft; `now` is what the card says, a form's values as one text. */
export function useWriting(field: string, now: string): Writing {
  const { face, detail, typing } = useRoom();
  const [begun, setBegun] = useState<Begun>();
  const kept = useKept(`${face.id}.${field}`);
  const version = detail?.card.version ?? face.version;
  const leave = () => {
    setBegun(undefined);
    kept.look();
    typing(false);
  };
  const done = () => {
    kept.keep(undefined);
    leave();
  };
  return {
    kept,
    begun,
    changed: begun !== undefined && begun.base !== now,
    version: begun?.base === now ? version : begun?.version,
    begin: (text, from) => {
      setBegun({ text, base: from?.base ?? now, version: from?.version ?? version });
      kept.taken();
      typing(true);
    },
    change: (text) => {
      if (!begun) return;
      const next = { ...begun, text };
      setBegun(next);
      kept.keep(text === begun.base ? undefined : next);
      typing(true);
    },
    leave,
    done,
    keepMine: () => {
      if (!begun) return;
      const next = { ...begun, base: now, version };
      setBegun(next);
      kept.keep(next.text === now ? undefined : next);
    },
    takeTheirs: () => {
      const mine = begun;
      done();
      if (!mine) return;
      offerBack(() => {
        kept.keep(mine);
        kept.look();
      });
    },
  };
}

/** "Ana changed this while you were writing", with theirs to look at. */
export function Meanwhile({
  writing,
  field,
  theirs,
}: {
  writing: Writing;
  field: string;
  theirs: ReactNode;
}) {
  const who = useChanger(field);
  const [shown, show] = useState(false);
  if (!writing.changed) return null;
  return (
    <div className={css.meanwhile} role="status">
      <p>
        {t('card.changedMeanwhile', { who })}{' '}
        <button type="button" className="btn ghost sm" aria-expanded={shown} onClick={() => show(!shown)}>
          {t('card.seeTheirs')}
        </button>
        <button type="button" className="btn ghost sm" onClick={writing.keepMine}>
          {t('card.keepMine')}
        </button>
        <button type="button" className="btn ghost sm" onClick={writing.takeTheirs}>
          {t('card.takeTheirs')}
        </button>
      </p>
      {shown && theirs}
    </div>
  );
}
