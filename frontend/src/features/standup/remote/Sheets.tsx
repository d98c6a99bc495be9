import { Check } from 'lucide-react';
import { useState } from 'react';
import type { Face, Person } from '../../../api/types';
import { Avatar } from '../../../ui/Avatar';
import { Dialog, Field } from '../../../ui/Dialog';
import { DiscIcon } from '../../../ui/DiscIcon';
import { disciplineName } from '../../../ui/messages';
import { t } from '../messages';
import type { Meeting, Named, Parked, StandupView } from '../types';
import type { BoardFacts } from '../walk';
import { candidates } from './RemoteStep';

/** Faces to choose from; the chosen ones are marked. */
function Faces({
  people,
  chosen,
  onPick,
}: {
  people: readonly Person[];
  chosen: ReadonlySet<string>;
  onPick: (p: Person) => void;
}) {
  return (
    <ul className="rm-faces">
      {people.map((p) => (
        <li key={p.id}>
          <button type="button" aria-pressed={chosen.has(p.id)} onClick={() => onPick(p)}>
            <span className="face">
              <Avatar person={p} size={48} decorative />
              {chosen.has(p.id) && (
                <i>
                  <Check size={13} strokeWidth={3} aria-hidden />
                </i>
              )}
            </span>
            <span>{p.name}</span>
            <small>
              <DiscIcon d={p.discipline} size={13} decorative /> {disciplineName(p.discipline)}
            </small>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function HelpSheet({
  meeting,
  board,
  card,
  helpers,
  onPick,
  onClose,
}: {
  meeting: Meeting;
  board: BoardFacts;
  card: Face;
  helpers: readonly Named[];
  onPick: (person: Named, helps: boolean) => void;
  onClose: () => void;
}) {
  const chosen = new Set(helpers.map((h) => h.id));
  // The order stays as it was when the sheet opened: nobody taps a face that has just moved.
  const [people] = useState(() =>
    candidates(meeting, board, card, { n: 0, kind: 'card', helpers: [...helpers] }),
  );
  return (
    <Dialog
      title={t('rm.helpTitle', { key: card.key })}
      className="sheet"
      onClose={onClose}
      actions={
        <button type="button" className="btn big" onClick={onClose}>
          {t('rm.done')}
        </button>
      }
    >
      <p className="lead">{t('rm.helpText')}</p>
      <Faces
        people={people}
        chosen={chosen}
        onPick={(p) => onPick({ id: p.id, name: p.name }, !chosen.has(p.id))}
      />
    </Dialog>
  );
}

export function ParkSheet({
  view,
  board,
  card,
  onPark,
  onClose,
}: {
  view: StandupView;
  board: BoardFacts;
  card: Face | undefined;
  onPark: (text: string, people: Named[], about: Face | undefined) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState('');
  const [about, setAbout] = useState(Boolean(card));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const open = view.parked.filter((p) => !p.outcome);
  const people = [...board.people().values()]
    .filter((p) => p.active)
    .sort((a, b) => a.name.localeCompare(b.name));
  const missing = !text.trim() && !(about && card);
  return (
    <Dialog
      title={t('rm.parkTitle')}
      className="sheet"
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (missing) return;
        const who = people.filter((p) => chosen.has(p.id)).map((p) => ({ id: p.id, name: p.name }));
        onPark(text.trim(), who, about ? card : undefined);
      }}
      actions={
        <button type="submit" className="btn big">
          {t('rm.park')}
        </button>
      }
    >
      <Field label={t('rm.parkText')} error={tried && missing ? t('rm.parkMissing') : undefined}>
        <input
          className="input"
          data-autofocus
          value={text}
          maxLength={300}
          onChange={(e) => setText(e.target.value)}
        />
      </Field>
      {card && (
        <label className="rm-check">
          <input type="checkbox" checked={about} onChange={(e) => setAbout(e.target.checked)} />
          <span>{t('rm.parkAbout', { key: card.key })}</span>
        </label>
      )}
      <p className="field-label">{t('rm.parkWho')}</p>
      <Faces
        people={people}
        chosen={chosen}
        onPick={(p) => {
          const next = new Set(chosen);
          if (!next.delete(p.id)) next.add(p.id);
          setChosen(next);
        }}
      />
      {open.length > 0 && (
        <>
          <p className="field-label">{t('rm.parkedAlready')}</p>
          <ParkedLines parked={open} />
        </>
      )}
    </Dialog>
  );
}

function ParkedLines({ parked }: { parked: readonly Parked[] }) {
  return (
    <ul className="rm-l">
      {parked.map((p) => (
        <li key={p.id}>
          <span>
            {p.cardKey && <span className="key">{p.cardKey} </span>}
            {p.text || p.cardTitle}
            {p.people?.length ? (
              <small className="rm-for">{p.people.map((x) => x.name.split(' ')[0]).join(', ')}</small>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function NoteSheet({
  card,
  onNote,
  onClose,
}: {
  card: Face;
  onNote: (text: string) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState('');
  return (
    <Dialog
      title={t('rm.noteTitle', { key: card.key })}
      className="sheet"
      onClose={onClose}
      onSubmit={() => text.trim() && onNote(text.trim())}
      actions={
        <button type="submit" className="btn big" disabled={!text.trim()}>
          {t('rm.noteSave')}
        </button>
      }
    >
      <Field label={t('rm.noteText')} hint={t('rm.noteHint')}>
        <textarea
          className="input"
          data-autofocus
          value={text}
          maxLength={5000}
          onChange={(e) => setText(e.target.value)}
        />
      </Field>
    </Dialog>
  );
}

export function EndSheet({
  parked,
  sixteenth,
  onFinish,
  onEnd,
  onClose,
}: {
  parked: readonly Parked[];
  sixteenth: boolean;
  onFinish: () => void;
  onEnd: () => void;
  onClose: () => void;
}) {
  const open = parked.filter((p) => !p.outcome);
  return (
    <Dialog
      title={t('rm.endTitle')}
      className="sheet"
      onClose={onClose}
      actions={
        open.length && !sixteenth ? (
          <>
            <button type="button" className="btn line big" onClick={onEnd}>
              {t('rm.endNow')}
            </button>
            <button type="button" className="btn big" data-autofocus onClick={onFinish}>
              {t('su.sixteenth')}
            </button>
          </>
        ) : (
          <>
            <button type="button" className="btn line big" onClick={onClose}>
              {t('rm.notYet')}
            </button>
            <button type="button" className="btn big" data-autofocus onClick={onEnd}>
              {t('rm.endNow')}
            </button>
          </>
        )
      }
    >
      <p className="lead">
        {open.length ? t(sixteenth ? 'rm.endOpen' : 'rm.endParked', { n: open.length }) : t('rm.endText')}
      </p>
      {open.length > 0 && <ParkedLines parked={open} />}
    </Dialog>
  );
}
