import { CircleAlert, CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { copyText } from '../../../lib/copy';
import { useMe } from '../../../lib/session';
import { liveUrl } from '../../../live/socket';
import { t as words } from '../messages';
import { Part } from '../SettingsFrame';
import { NGINX, t } from './messages';
import { type Findings, probeHealth, probeReady, probeSigned, probeSocket, probeWrite } from './probes';
import { verdict } from './verdict';

type State = 'ok' | 'bad' | 'warn' | 'wait' | 'skip';
const ICONS = { ok: CircleCheck, bad: CircleX, warn: CircleAlert, wait: CircleDashed, skip: CircleDashed };
const local = () => /^(localhost|127\.|\[::1\])/.test(window.location.hostname);

/** Tries every link between browser and server, names the broken one in a sentence, and says what mends it. */
export function ConnectionPage() {
  const me = useMe();
  const [found, setFound] = useState<Findings>({});
  const [running, setRunning] = useState(true);
  const [copied, setCopied] = useState(false);
  const run = useRef(0);

  const check = useCallback(async () => {
    const mine = ++run.current;
    const put = (f: Findings) => mine === run.current && setFound((old) => ({ ...old, ...f }));
    setFound({});
    setRunning(true);
    const health = await probeHealth();
    put({ health });
    if (health.reached) {
      put({ ready: await probeReady() });
      put({ signed: await probeSigned() });
      put({ write: await probeWrite() });
      put({ socket: await probeSocket(liveUrl()) });
    }
    if (mine === run.current) setRunning(false);
  }, []);
  useEffect(() => {
    void check();
    return () => {
      run.current++;
    };
  }, [check]);

  const { origin, host, protocol } = window.location;
  const said = verdict(found, { host });
  const ms = Math.max(found.health?.ms ?? 0, found.socket?.ms ?? 0);
  const sentence = t(`fault.${said.fault}`, { origin, ms, n: Math.abs(found.health?.clockAhead ?? 0) });
  const { health, ready, signed, write, socket } = found;
  const ahead = health?.clockAhead;

  return (
    <Part title={words('settings.connection')} text={t('check.text')}>
      <div className="verdict" data-s={running ? undefined : said.tone} role="status">
        <p>{running ? t('check.running') : sentence}</p>
        {!running && (
          <button type="button" className="btn line sm" onClick={() => void check()}>
            {t('check.again')}
          </button>
        )}
      </div>
      <div className="panel">
        <ul className="rows">
          <Line state={!health ? 'wait' : health.reached ? 'ok' : 'bad'} title={t('check.reach')}>
            {health &&
              (health.reached
                ? t(health.proxy ? 'check.reach.proxy' : 'check.reach.ok', {
                    ms: health.ms ?? 0,
                    proxy: health.proxy ?? '',
                  })
                : t('check.reach.bad', { address: origin }))}
          </Line>
          <Line state={!ready ? skipped(running) : ready.ok ? 'ok' : 'bad'} title={t('check.ready')}>
            {ready && !ready.ok && ready.said && t('check.ready.bad', { said: ready.said })}
          </Line>
          <Line state={!signed ? skipped(running) : signed.ok ? 'ok' : 'bad'} title={t('check.cookie')}>
            {signed && !signed.ok && t('check.cookie.bad', { status: signed.status ?? 0 })}
          </Line>
          <Line state={!write ? skipped(running) : write.ok ? 'ok' : 'bad'} title={t('check.write')}>
            {write && !write.ok && write.detail}
          </Line>
          <Line
            state={!socket ? skipped(running) : socket.answered ? 'ok' : 'bad'}
            title={t('check.socket')}
            after={!running && (said.fault === 'upgrade' || said.fault === 'silent') && <Example />}
          >
            {socket &&
              (socket.answered
                ? t('check.socket.ok', { ms: socket.ms ?? 0 })
                : t(socket.opened ? 'check.socket.silent' : 'check.socket.closed'))}
          </Line>
          <Line
            state={!health ? 'wait' : ahead === undefined ? 'skip' : Math.abs(ahead) > 90 ? 'warn' : 'ok'}
            title={t('check.clock')}
          >
            {health &&
              (ahead === undefined
                ? t('check.clock.none')
                : Math.abs(ahead) <= 90
                  ? t('check.clock.ok', { n: Math.max(1, Math.abs(ahead)) })
                  : t(ahead > 0 ? 'check.clock.ahead' : 'check.clock.behind', { n: Math.abs(ahead) }))}
          </Line>
          <Line
            state={protocol === 'https:' || local() ? 'ok' : 'warn'}
            title={t('check.tls')}
            after={protocol !== 'https:' && !local() && <p>{t('check.needsTls.text')}</p>}
          >
            {t(protocol === 'https:' ? 'check.tls.ok' : local() ? 'check.tls.local' : 'check.tls.bad')}
          </Line>
        </ul>
        <div className="row-a">
          <span className="row-main small quiet">
            {t('check.about', { version: me.version, address: origin })}
          </span>
          <button
            type="button"
            className="btn ghost sm"
            disabled={running}
            onClick={async () => {
              const text = [
                sentence,
                JSON.stringify(
                  { origin, version: me.version, at: new Date().toISOString(), ...found },
                  null,
                  2,
                ),
              ];
              setCopied(await copyText(text.join('\n\n')));
              setTimeout(() => setCopied(false), 2000);
            }}
          >
            {t(copied ? 'check.copied' : 'check.copy')}
          </button>
        </div>
      </div>
    </Part>
  );
}

const skipped = (running: boolean): State => (running ? 'wait' : 'skip');

function Line({
  state,
  title,
  children,
  after,
}: {
  state: State;
  title: string;
  children?: ReactNode;
  after?: ReactNode;
}) {
  const Icon = ICONS[state];
  return (
    <li className="check" data-s={state}>
      <Icon size={18} aria-hidden />
      <b>{title}</b>
      {children && <p>{children}</p>}
      {after}
    </li>
  );
}

function Example() {
  return (
    <>
      <p>{t('check.example')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide example must be scrollable by keyboard */}
      <pre tabIndex={0}>{NGINX}</pre>
    </>
  );
}
