import { Link } from '@tanstack/react-router';
import { CalendarPlus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { components } from '../../api/schema';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { toast } from '../../lib/notify';
import { absolute, moment } from '../../lib/time';
import { Field } from '../../ui/Dialog';
import css from './ask.module.css';
import { t } from './ask-messages';
import card from './card.module.css';
import { attempt, useRoom } from './context';

type Ask = components['schemas']['AskView'];
type Verb = 'accept' | 'decline' | 'question';

/** What somebody asked this team for: how it stands, and the three answers. */
export function AskPart() {
  const { face, me, can } = useRoom();
  const short = face.ask!;
  const path = `/asks/${short.id}`;
  const { data: ask, error } = useData<Ask>(path);
  const [writing, setWriting] = useState<'decline' | 'question'>();
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  // The board says that something has changed; what exactly only the ask itself says.
  const said = JSON.stringify([short.state, short.times, short.taken, face.columnId]);
  const seen = useRef(said);
  useEffect(() => {
    if (seen.current !== said) void refresh(path);
    seen.current = said;
  }, [said, path]);

  const open = short.state === 'raised' || short.state === 'questioned';
  const may = can.work && !('mirror' in face && face.mirror);
  const send = async (verb: string, body?: unknown) => {
    setBusy(true);
    const ok = await attempt(api.post(`${path}/${verb}`, body));
    setBusy(false);
    void refresh(path, '/today');
    return ok;
  };
  const decide = async (verb: Verb, body?: unknown) => {
    if (!(await send(verb, body))) return;
    setWriting(undefined);
    const text = t(`card.ask.done.${verb}`, { key: face.key, who: short.byName });
    announce(text);
    toast({
      text,
      stay: 30_000,
      action: { label: t('card.ask.undo'), run: () => void send('reopen') },
    });
  };
  const by = ask?.settledBy || ask?.teamName || '';
  const team = ask?.teamName ?? '';
  const stand =
    short.state === 'raised' && ask?.place
      ? t('card.ask.place', { team, n: ask.place, of: ask.of ?? ask.place })
      : t(`card.ask.${short.state}`, { team, by, who: short.byName });
  return (
    <section className={`${card.part} ${css.ask}`} aria-label={t('card.ask')}>
      <p className={css.who}>
        <strong>
          {t(short.fromTeamKey ? 'card.ask.byTeam' : 'card.ask.by', {
            who: short.byName,
            team: short.fromTeamKey ?? '',
          })}
        </strong>
        {ask && <span>{stand}</span>}
        {error && !ask && <span>{t('card.ask.failed')}</span>}
      </p>
      {ask && open && !ask.expected.few && (
        <p className={card.sub}>
          {t('card.ask.expected', {
            percent: ask.expected.percent ?? 85,
            days: ask.expected.days ?? 0,
            n: ask.expected.n,
          })}
        </p>
      )}
      {ask?.question && short.state === 'questioned' && <blockquote>{ask.question}</blockquote>}
      {ask?.answer && open && <blockquote>{ask.answer}</blockquote>}
      {ask?.reason && <blockquote>{ask.reason}</blockquote>}
      {open && may && !writing && (
        <div className={css.acts}>
          <button
            ref={first}
            type="button"
            className="btn sm"
            disabled={busy}
            onClick={() => void decide('accept')}
          >
            {t('card.ask.accept')}
          </button>
          <button type="button" className="btn line sm" disabled={busy} onClick={() => setWriting('decline')}>
            {t('card.ask.decline')}
          </button>
          <button
            type="button"
            className="btn line sm"
            disabled={busy}
            onClick={() => setWriting('question')}
          >
            {t('card.ask.question')}
          </button>
        </div>
      )}
      {writing && (
        <Words
          key={writing}
          verb={writing}
          who={short.byName}
          onCancel={() => {
            setWriting(undefined);
            requestAnimationFrame(() => first.current?.focus());
          }}
          onSend={(text) => void decide(writing, writing === 'decline' ? { reason: text } : { text })}
        />
      )}
      {short.taken ? (
        <div className={css.sit}>
          <span>
            {t('card.ask.taken', {
              who: short.byName,
              by: ask?.with || team,
              when: absolute(short.taken),
            })}
          </span>
          <a className="btn line sm" href={`/api/v1${path}/meeting.ics`} download="sit-together.ics">
            <CalendarPlus size={15} aria-hidden />
            {t('card.ask.ics')}
          </a>
        </div>
      ) : (
        short.times?.[1] &&
        !face.finishedAt &&
        (me.id === short.byPersonId ? (
          <p className={card.sub}>
            {t('card.ask.sitMine', { a: moment(short.times[0]!), b: moment(short.times[1]) })}
          </p>
        ) : (
          may && (
            <div className={css.sit}>
              <span>{t('card.ask.sit', { who: short.byName })}</span>
              {short.times.map((at) => (
                <button
                  key={at}
                  type="button"
                  className="btn soft sm"
                  disabled={busy}
                  onClick={() => void send('sit', { at })}
                >
                  {moment(at)}
                </button>
              ))}
            </div>
          )
        ))
      )}
      {me.id === short.byPersonId && (
        <Link to="/ask" search={{ ask: short.id }} className={css.follow}>
          {t('card.ask.follow')}
        </Link>
      )}
    </section>
  );
}

function Words({
  verb,
  who,
  onSend,
  onCancel,
}: {
  verb: 'decline' | 'question';
  who: string;
  onSend: (text: string) => void;
  onCancel: () => void;
}) {
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const missing = tried && !text.trim();
  return (
    <form
      className={card.form}
      onSubmit={(e) => {
        e.preventDefault();
        setTried(true);
        if (text.trim()) onSend(text.trim());
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return;
        e.preventDefault();
        e.stopPropagation();
        onCancel();
      }}
    >
      <Field
        label={t(verb === 'decline' ? 'card.ask.why' : 'card.ask.what')}
        hint={t('card.ask.told', { who })}
        error={missing ? t(verb === 'decline' ? 'card.ask.missing' : 'card.ask.missingQuestion') : undefined}
      >
        <textarea
          className="input"
          rows={3}
          maxLength={4000}
          // biome-ignore lint/a11y/noAutofocus: the form was asked for by this very press
          autoFocus
          value={text}
          aria-invalid={missing || undefined}
          onChange={(e) => setText(e.target.value)}
        />
      </Field>
      <div className={css.acts}>
        <button type="submit" className="btn sm">
          {t(verb === 'decline' ? 'card.ask.decline' : 'card.ask.question')}
        </button>
        <button type="button" className="btn ghost sm" onClick={onCancel}>
          {t('card.ask.cancel')}
        </button>
      </div>
    </form>
  );
}
