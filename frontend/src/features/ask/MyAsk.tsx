import { Link } from '@tanstack/react-router';
import { CalendarPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { api } from '../../lib/api';
import { refresh } from '../../lib/data';
import { instant } from '../../lib/local-input';
import { toast, toastError } from '../../lib/notify';
import { absolute, dateWords, moment, relative } from '../../lib/time';
import { t } from './messages';
import { SitFields } from './SitFields';
import type { Ask } from './types';

/** How it stands, in words and in a tone. */
function stand(a: Ask): { text: string; tone?: 'ok' | 'warn' | 'bad' | 'acc' } {
  const who = a.settledBy || a.teamName;
  if (a.state === 'declined')
    return { text: t(a.reason ? 'ask.state.declined' : 'ask.state.closed', { who }), tone: 'bad' };
  if (a.state === 'withdrawn') return { text: t('ask.state.withdrawn') };
  if (a.state === 'questioned') return { text: t('ask.state.questioned', { who }), tone: 'warn' };
  if (a.finishedAt) return { text: t('ask.state.done'), tone: 'ok' };
  if (a.startedAt) return { text: t('ask.state.working', { team: a.teamName }), tone: 'acc' };
  if (a.state === 'accepted')
    return {
      text: a.place
        ? t('ask.state.acceptedPlace', { who, n: a.place, of: a.of ?? a.place })
        : t('ask.state.accepted', { who }),
      tone: 'acc',
    };
  return {
    text: a.place
      ? t('ask.state.place', { n: a.place, of: a.of ?? a.place, team: a.teamName })
      : t('ask.state.raised', { team: a.teamName }),
  };
}

/** One of my asks: how it stands, what can be expected, and what I can do about it. */
export function MyAsk({ ask: a, open }: { ask: Ask; open: boolean }) {
  const [busy, setBusy] = useState(false);
  const [proposing, setProposing] = useState(false);
  const { text, tone } = stand(a);
  const live = a.state === 'raised' || a.state === 'questioned' || (a.state === 'accepted' && !a.finishedAt);
  const send = async (path: string, body?: unknown) => {
    setBusy(true);
    try {
      await api.post(`/asks/${a.id}/${path}`, body);
      await refresh('/asks', '/today');
      return true;
    } catch (error) {
      toastError(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const withdraw = async () => {
    if (!(await send('withdraw'))) return;
    toast({
      text: t('ask.withdrawn', { title: a.title }),
      stay: 30_000,
      action: { label: t('ask.undo'), run: () => void send('reopen') },
    });
  };
  return (
    <li className="my-ask" data-open={open || undefined} id={a.id}>
      <div className="my-ask-head">
        <h3>{a.title}</h3>
        <span className="pill" data-t={tone}>
          {text}
        </span>
      </div>
      <p className="small quiet">
        {a.teamName} ·{' '}
        <time title={absolute(a.raisedAt)}>{t('ask.since', { when: relative(a.raisedAt) })}</time>
        {a.neededBy && live && ` · ${t('ask.neededBy', { date: dateWords(a.neededBy) })}`}
        {live && !a.finishedAt && (
          <>
            {' · '}
            {a.expected.few
              ? t('ask.few', { n: a.expected.n })
              : t('ask.expected', {
                  percent: a.expected.percent ?? 85,
                  days: a.expected.days ?? 0,
                  n: a.expected.n,
                })}
          </>
        )}
      </p>
      {a.reason && a.state === 'declined' && <blockquote>{a.reason}</blockquote>}
      {a.state === 'questioned' && (
        <AnswerForm ask={a} busy={busy} onSend={(text) => send('answer', { text })} />
      )}
      {a.answer && a.state === 'raised' && <p className="small">{t('ask.youSaid', { text: a.answer })}</p>}
      {a.taken ? (
        <p className="my-ask-sit">
          {t('ask.taken', { when: absolute(a.taken), who: a.with ?? a.teamName })}{' '}
          <a className="btn line sm" href={`/api/v1/asks/${a.id}/meeting.ics`} download="sit-together.ics">
            <CalendarPlus size={15} aria-hidden />
            {t('ask.ics')}
          </a>
        </p>
      ) : (
        a.times?.[1] &&
        live && <p className="small">{t('ask.times', { a: moment(a.times[0]!), b: moment(a.times[1]) })}</p>
      )}
      {a.state === 'accepted' && a.forBoardId && !a.shown && !a.finishedAt && (
        <p className="small quiet">{t('ask.notOnYours')}</p>
      )}
      {proposing && (
        <ProposeForm
          busy={busy}
          onCancel={() => setProposing(false)}
          onSend={async (times, minutes) => (await send('times', { times, minutes })) && setProposing(false)}
        />
      )}
      <div className="my-ask-acts">
        {a.cardKey && (
          <Link to="/c/$key" params={{ key: a.cardKey }} className="btn line sm">
            {t('ask.openCard', { key: a.cardKey })}
          </Link>
        )}
        {a.shown && a.forBoardId && (
          <Link
            to="/b/$board"
            params={{ board: a.forBoardId }}
            search={{ card: a.cardKey }}
            className="btn line sm"
          >
            {t('ask.onYours')}
          </Link>
        )}
        {live && !a.taken && !proposing && (
          <button type="button" className="btn ghost sm" onClick={() => setProposing(true)}>
            {t(a.times ? 'ask.proposeOther' : 'ask.propose')}
          </button>
        )}
        {live && !a.startedAt && (
          <button type="button" className="btn ghost sm" disabled={busy} onClick={() => void withdraw()}>
            {t('ask.withdraw')}
          </button>
        )}
      </div>
    </li>
  );
}

function AnswerForm({
  ask,
  busy,
  onSend,
}: {
  ask: Ask;
  busy: boolean;
  onSend: (text: string) => Promise<boolean>;
}) {
  const [text, setText] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (text.trim() && (await onSend(text.trim())))
      toast({ text: t('ask.answered', { team: ask.teamName }) });
  };
  return (
    <form className="my-ask-answer" onSubmit={submit}>
      <blockquote>{ask.question}</blockquote>
      <label>
        <span className="sr">{t('ask.answer')}</span>
        <textarea
          className="input"
          rows={2}
          value={text}
          placeholder={t('ask.answer')}
          onChange={(e) => setText(e.target.value)}
        />
      </label>
      <button type="submit" className="btn line sm" disabled={busy || !text.trim()}>
        {t('ask.answer.do')}
      </button>
    </form>
  );
}

function ProposeForm({
  busy,
  onSend,
  onCancel,
}: {
  busy: boolean;
  onSend: (times: string[], minutes: number) => Promise<unknown>;
  onCancel: () => void;
}) {
  const [sit, setSit] = useState({ a: '', b: '', minutes: 30 });
  const [error, setError] = useState<string>();
  const submit = (e: FormEvent) => {
    e.preventDefault();
    const times = [instant(sit.a), instant(sit.b)].filter((x) => x !== undefined);
    if (times.length < 2) setError(t('ask.sit.both'));
    else void onSend(times, sit.minutes);
  };
  return (
    <form onSubmit={submit} noValidate>
      <p className="ff-hint">{t('ask.sit.hint')}</p>
      <SitFields {...sit} error={error} onChange={(next) => setSit((old) => ({ ...old, ...next }))} />
      <div className="my-ask-acts">
        <button type="submit" className="btn line sm" disabled={busy}>
          {t('ask.propose.do')}
        </button>
        <button type="button" className="btn ghost sm" onClick={onCancel}>
          {t('ask.propose.cancel')}
        </button>
      </div>
    </form>
  );
}
