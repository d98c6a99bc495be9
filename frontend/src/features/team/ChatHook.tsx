import { MessagesSquare } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../lib/api';
import { putData, refresh, useData } from '../../lib/data';
import { useForm } from '../../lib/form';
import { toast, toastError } from '../../lib/notify';
import { absolute, relative } from '../../lib/time';
import { onTopic } from '../../live';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { FormProblem, TextField } from '../../ui/FormField';
import { t } from './chat-messages';

interface Chat {
  set: boolean;
  host?: string;
  kinds: string[];
  available: string[];
  setBy?: string;
  setAt?: string;
  last?: { state: 'waiting' | 'sent' | 'skipped' | 'retrying' | 'failed'; reason?: string; at: string };
}

type Put = (body: { url?: string; kinds: readonly string[] }) => Promise<void>;

/** A team's one incoming hook of a chat, for its leads. The address goes in and never comes out. */
export function ChatHook({ teamId }: { teamId: string }) {
  const path = `/teams/${teamId}/chat`;
  const { data: chat, error, refetch } = useData<Chat>(path);
  useEffect(
    () =>
      onTopic(`team:${teamId}`, (e) => {
        if (e.type.startsWith('team.chat_')) void refresh(path);
      }),
    [teamId, path],
  );
  const put: Put = async (body) => {
    const now = await api.put<Chat>(path, body);
    putData<Chat>(path, () => now);
  };
  return (
    <section className="team-part" aria-labelledby="chat">
      <h2 className="h2" id="chat">
        {t('chat.title')}
      </h2>
      <p className="small quiet">{t('chat.text')}</p>
      <div className="panel">
        {chat ? (
          <>
            {chat.set && <Connected chat={chat} path={path} put={put} />}
            {!chat.set && <Address chat={chat} put={put} />}
          </>
        ) : (
          error && (
            <div className="row-a" role="alert">
              <span className="row-main">
                {t('chat.failed')}
                <small>{error.message}</small>
              </span>
              <button type="button" className="btn line sm" onClick={() => refetch()}>
                {t('chat.retry')}
              </button>
            </div>
          )
        )}
      </div>
    </section>
  );
}

function Connected({ chat, path, put }: { chat: Chat; path: string; put: Put }) {
  const [replacing, setReplacing] = useState(false);
  const [busy, setBusy] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const host = chat.host ?? '';
  const close = () => {
    setReplacing(false);
    opener.current?.focus();
  };
  const test = async () => {
    setBusy(true);
    try {
      await api.post(`${path}/test`);
      toast({ text: t('chat.tested', { host }) });
    } catch (e) {
      toastError(e);
    }
    setBusy(false);
    void refresh(path); // how the last message went
  };
  const last = chat.last && lastWords(chat.last);
  return (
    <>
      <div className="row-a chat-row">
        <MessagesSquare size={18} aria-hidden />
        <span className="row-main">
          {t('chat.set', { host })}
          <small>
            {chat.setAt && (
              <span title={absolute(chat.setAt)}>
                {t('chat.by', { name: chat.setBy ?? '', when: relative(chat.setAt) })}
              </span>
            )}
          </small>
          {last && (
            <small className="chat-last" data-bad={chat.last?.state === 'failed' || undefined}>
              {last}
            </small>
          )}
        </span>
        <span className="chat-do">
          <button
            type="button"
            className="btn line sm"
            disabled={busy}
            data-busy={busy || undefined}
            onClick={() => void test()}
          >
            {t('chat.test')}
          </button>
          <button
            ref={opener}
            type="button"
            className="btn ghost sm"
            aria-expanded={replacing}
            onClick={() => setReplacing(!replacing)}
          >
            {t('chat.replace')}
          </button>
          <ConfirmButton
            title={t('chat.remove.title')}
            text={t('chat.remove.text')}
            verb={t('chat.remove')}
            run={async () => {
              await api.del(path);
              await refresh(path);
            }}
          >
            {t('chat.remove')}
          </ConfirmButton>
        </span>
      </div>
      {replacing && <Address chat={chat} put={put} onDone={close} />}
      <Kinds
        chat={chat}
        kinds={chat.kinds}
        set={(kinds) => {
          putData<Chat>(path, (c) => c && { ...c, kinds });
          put({ kinds }).catch((e: unknown) => {
            toastError(e);
            void refresh(path);
          });
        }}
      />
    </>
  );
}

function lastWords({ state, reason = '', at }: NonNullable<Chat['last']>): string {
  return t(`chat.last.${state}`, { when: relative(at), why: reason.replace(/\.$/, '') });
}

/** Where the address is pasted: the first one, with what shall go there, or another one. */
function Address({ chat, put, onDone }: { chat: Chat; put: Put; onDone?: () => void }) {
  const [kinds, setKinds] = useState<readonly string[]>(chat.set ? chat.kinds : chat.available);
  const form = useForm({
    initial: { url: '' },
    checks: { url: (v) => !/^https?:\/\/\S+$/.test(v.trim()) && t('chat.need') },
    submit: async ({ url }) => {
      await put({ url: url.trim(), kinds });
      toast({ text: t('chat.connected') });
      onDone?.();
    },
  });
  const frame = useRef<HTMLFormElement>(null);
  const another = chat.set;
  useEffect(() => {
    if (another) frame.current?.querySelector('input')?.focus();
  }, [another]);
  return (
    <>
      <form ref={frame} className="row-a form add-link" onSubmit={form.submit} noValidate>
        <FormProblem>{form.problem}</FormProblem>
        <TextField
          {...form.field('url')}
          type="url"
          inputMode="url"
          label={t(chat.set ? 'chat.url.new' : 'chat.url')}
          hint={t('chat.url.hint')}
          autoComplete="off"
          spellCheck={false}
          end={
            <>
              <button
                type="submit"
                className="btn line"
                disabled={form.busy}
                data-busy={form.busy || undefined}
              >
                {t(chat.set ? 'chat.save' : 'chat.connect')}
              </button>
              {onDone && (
                <button type="button" className="btn ghost" onClick={onDone}>
                  {t('chat.cancel')}
                </button>
              )}
            </>
          }
        />
      </form>
      {!chat.set && <Kinds chat={chat} kinds={kinds} set={setKinds} />}
    </>
  );
}

function Kinds({
  chat,
  kinds,
  set,
}: {
  chat: Chat;
  kinds: readonly string[];
  set: (kinds: string[]) => void;
}) {
  return (
    <fieldset className="row-a chat-kinds">
      <legend className="sr">{t('chat.what')}</legend>
      <span className="small quiet" aria-hidden="true">
        {t('chat.what')}
      </span>
      {chat.available.map((k) => (
        <label key={k}>
          <input
            type="checkbox"
            checked={kinds.includes(k)}
            onChange={(e) =>
              set(chat.available.filter((a) => (a === k ? e.currentTarget.checked : kinds.includes(a))))
            }
          />
          {t(`chat.kind.${k}` as Parameters<typeof t>[0])}
        </label>
      ))}
      {kinds.length === 0 && <span className="small">{t('chat.nothing')}</span>}
    </fieldset>
  );
}
