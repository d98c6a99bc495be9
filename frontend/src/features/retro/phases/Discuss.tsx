import { ArrowRight, ClipboardCheck, MessagesSquare, Plus, ThumbsDown, ThumbsUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useMe, worksSomewhere } from '../../../lib/session';
import { useNow } from '../../../lib/use-now';
import { EmptyState } from '../../../ui/EmptyState';
import { ActionDialog } from '../ActionDialog';
import { t } from '../messages';
import { Propose } from '../Propose';
import { useRoom } from '../room';
import type { Group, Topic as TopicAct } from '../types';
import { first, isBefore } from '../words';
import '../groups.css';
import '../notes.css';
import '../talk.css';
import { notesOf } from './Votes';

/** Topics in the order of their votes, one at a time, each with its time. */
export function Discuss() {
  const { view, retro } = useRoom();
  const { groups, discussing } = view;
  const live = view.retro.phase === 'discuss';
  const [chosen, setChosen] = useState<string>();
  const at = groups.find((g) => g.id === (live ? discussing?.groupId : chosen));
  if (groups.length === 0)
    return (
      <EmptyState icon={<MessagesSquare size={28} />} title={t('rt.noTopics')}>
        {t('rt.noTopicsText')}
      </EmptyState>
    );
  const talk = (topic: TopicAct) => retro.act({ do: 'talk', topic });
  return (
    <div className="rt-talk">
      <section className="rt-now" aria-label={at?.title}>
        {at ? (
          <Topic key={at.id} group={at} live={live} onNext={() => talk({ next: true, from: at.id })} />
        ) : (
          <EmptyState icon={<MessagesSquare size={28} />} title={t(live ? 'rt.allTalked' : 'rt.topics')}>
            {live && t('rt.allTalkedText')}
          </EmptyState>
        )}
      </section>
      <section className="panel rt-topics">
        <div className="rt-ph">
          <h2 className="h2">{t('rt.topics')}</h2>
        </div>
        <ol className="rows">
          {groups.map((g) => {
            const on = g.id === at?.id;
            const body = (
              <>
                <b className="num" aria-hidden="true">
                  {g.votes ?? 0}
                </b>
                <span>
                  {g.title}
                  <small>
                    <span className="sr">{t('rt.votes', { n: g.votes ?? 0 })}, </span>
                    {on && live ? t('rt.topic.now') : g.state === 'open' ? '' : t(`rt.topic.${g.state}`)}
                  </small>
                </span>
              </>
            );
            return (
              <li key={g.id} data-on={on || undefined} aria-current={on || undefined}>
                {(live ? view.me.canFacilitate : true) && !on ? (
                  <button
                    type="button"
                    title={live ? t('rt.talk') : undefined}
                    onClick={() => (live ? talk({ groupId: g.id }) : setChosen(g.id))}
                  >
                    {body}
                  </button>
                ) : (
                  <div>{body}</div>
                )}
              </li>
            );
          })}
        </ol>
      </section>
    </div>
  );
}

function Topic({ group: g, live, onNext }: { group: Group; live: boolean; onNext: () => void }) {
  const { view } = useRoom();
  const works = worksSomewhere(useMe());
  const [acting, setActing] = useState(false);
  const [proposing, setProposing] = useState(false);
  const notes = notesOf(view, g);
  return (
    <>
      <header>
        <h2>{g.title}</h2>
        <span className="pill">{t('rt.votes', { n: g.votes ?? 0 })}</span>
      </header>
      {!(notes.length === 1 && notes[0]?.text === g.title && !notes[0].author) && (
        <ul className="rt-now-n">
          {notes.map((n) => (
            <li key={n.id} className="rt-note">
              <p>{n.text}</p>
              {n.author && <small>{first(n.author.name)}</small>}
            </li>
          ))}
        </ul>
      )}
      {live && <Thumbs />}
      <Said key={g.id} group={g} />
      {(view.retro.phase !== 'published' || works) && (
        <div className="rt-now-a">
          {view.me.canWork && view.retro.phase !== 'published' && (
            <button type="button" className="btn line" aria-haspopup="dialog" onClick={() => setActing(true)}>
              <Plus size={15} aria-hidden />
              {t('rt.actionFrom')}
            </button>
          )}
          {works && (
            <button
              type="button"
              className="btn ghost"
              aria-haspopup="dialog"
              onClick={() => setProposing(true)}
            >
              <ClipboardCheck size={15} aria-hidden />
              {t('rt.propose')}
            </button>
          )}
          {live && view.me.canFacilitate && (
            <button type="button" className="btn soft" onClick={onNext}>
              {t('rt.nextTopic')}
              <ArrowRight size={15} aria-hidden />
            </button>
          )}
        </div>
      )}
      {acting && <ActionDialog group={g} onClose={() => setActing(false)} />}
      {proposing && <Propose onClose={() => setProposing(false)} />}
    </>
  );
}

function Thumbs() {
  const { view, retro } = useRoom();
  const now = useNow();
  const thumbs = view.discussing?.thumbs;
  if (!thumbs) return null;
  // Nobody is told when a time ends; every browser knows.
  const ends = view.retro.timer.endsAt;
  const on = thumbs.on || (ends !== undefined && Date.parse(ends) <= now);
  const n = { continue: thumbs.continue, move_on: thumbs.moveOn };
  return (
    <fieldset className="rt-thumbs" data-on={on || undefined}>
      <legend>{t(on ? 'rt.thumbsUp' : 'rt.thumbs')}</legend>
      {(['continue', 'move_on'] as const).map((value) => (
        <button
          key={value}
          type="button"
          className="chip plain"
          disabled={!view.me.canWrite}
          aria-pressed={thumbs.mine === value}
          onClick={() => retro.act({ do: 'thumb', value: thumbs.mine === value ? '' : value })}
        >
          {value === 'continue' ? <ThumbsUp size={14} aria-hidden /> : <ThumbsDown size={14} aria-hidden />}
          {t(`rt.thumb.${value}`)} <b>{n[value]}</b>
        </button>
      ))}
    </fieldset>
  );
}

/** What was said, written down by who leads. */
function Said({ group: g }: { group: Group }) {
  const { view, retro } = useRoom();
  const [text, setText] = useState(g.notesText ?? '');
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!held) setText(g.notesText ?? '');
  }, [g.notesText, held]);
  const { phase } = view.retro;
  if (!view.me.canFacilitate || isBefore(phase, 'discuss'))
    return g.notesText ? (
      <div className="rt-quote">
        <span className="quiet small">{t('rt.saidOf')}</span>
        <p>{g.notesText}</p>
      </div>
    ) : null;
  const save = () => {
    setHeld(false);
    if (text.trim() !== (g.notesText ?? '')) retro.act({ do: 'said', id: g.id, text: text.trim() });
  };
  return (
    <label className="rt-saidof">
      <span>{t('rt.saidOf')}</span>
      <textarea
        className="input"
        maxLength={4000}
        value={text}
        onFocus={() => setHeld(true)}
        onBlur={save}
        onChange={(e) => setText(e.target.value)}
      />
      <small className="quiet">{t('rt.saidHint')}</small>
    </label>
  );
}
