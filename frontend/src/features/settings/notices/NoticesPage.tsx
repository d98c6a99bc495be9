import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { refresh, useData } from '../../../lib/data';
import { toastError } from '../../../lib/notify';
import { Loaded } from '../../../ui/Loaded';
import { Choice } from '../Choice';
import { Part } from '../SettingsFrame';
import { t } from './messages';
import css from './notices.module.css';
import type { Preferences, Quiet, Way } from './types';

const PATH = '/notices/preferences';
const WAYS: readonly Way[] = ['mail', 'digest', 'inbox', 'off'];

interface Change {
  mail?: boolean;
  ways?: Record<string, Way>;
  digestAt?: string;
  quiet?: Partial<Quiet>;
}

/** Every choice is saved as it is made. What changes in another tab comes with the bell's topic. */
export function NoticesPage() {
  const query = useData<Preferences>(PATH);
  const [mine, setMine] = useState<Change>({}); // chosen here, not all of it answered yet
  const waiting = useRef(0);
  // leaving a field and pressing the next box are two choices at once, and both count, also if the page is left
  const save = async (change: Change) => {
    setMine((m) => both(m, change));
    waiting.current += 1;
    try {
      await api.patch<Preferences>(PATH, change, { keepalive: true });
      announce(t('notices.saved'));
    } catch (e) {
      toastError(e);
    }
    waiting.current -= 1;
    if (waiting.current > 0) return;
    await refresh(PATH);
    if (waiting.current === 0) setMine({});
  };
  return (
    <Loaded query={query}>
      {(p) => (
        <Choices
          p={{
            ...p,
            mail: mine.mail ?? p.mail,
            digestAt: mine.digestAt ?? p.digestAt,
            quiet: { ...p.quiet, ...mine.quiet },
            kinds: p.kinds.map((k) => ({ ...k, way: mine.ways?.[k.kind] ?? k.way })),
          }}
          save={save}
        />
      )}
    </Loaded>
  );
}

const both = (a: Change, b: Change): Change => ({
  ...a,
  ...b,
  ways: { ...a.ways, ...b.ways },
  quiet: { ...a.quiet, ...b.quiet },
});

function Choices({ p, save }: { p: Preferences; save: (c: Change) => void }) {
  const quiet = (q: Partial<Quiet>) => save({ quiet: q });
  return (
    <>
      <Part title={t('notices.title')} text={t('notices.text')}>
        <ul className="panel rows">
          {p.kinds.map((k) => {
            const name = kindName(k.kind);
            return (
              <li key={k.kind} className={`row-a ${css.row}`}>
                <span className="row-main">{name}</span>
                <select
                  className={`input sm ${css.way}`}
                  aria-label={t('notices.wayOf', { kind: name })}
                  value={k.way}
                  onChange={(e) => save({ ways: { [k.kind]: e.currentTarget.value as Way } })}
                >
                  {WAYS.map((w) => (
                    <option key={w} value={w}>
                      {t(`notices.way.${w}`)}
                    </option>
                  ))}
                </select>
              </li>
            );
          })}
        </ul>
      </Part>
      <Part title={t('notices.mail')} text={t(p.mailAvailable ? 'notices.mail.text' : 'notices.mail.none')}>
        <div className="panel">
          <Row name={t('notices.mail.send')} says={p.mail ? undefined : t('notices.mail.off')}>
            <OnOff label={t('notices.mail.send')} on={p.mail} set={(mail) => save({ mail })} />
          </Row>
          <Row name={t('notices.digestAt')}>
            <Time label={t('notices.digestAt')} value={p.digestAt} set={(digestAt) => save({ digestAt })} />
          </Row>
          <Row name={t('notices.quiet')} says={t('notices.quiet.text')}>
            <OnOff label={t('notices.quiet')} on={p.quiet.on} set={(on) => quiet({ on })} />
          </Row>
          {p.quiet.on && (
            <div className={`row-a ${css.hours}`}>
              <span>{t('notices.quiet.from')}</span>
              <Time
                label={`${t('notices.quiet')}: ${t('notices.quiet.from')}`}
                value={p.quiet.from}
                set={(from) => quiet({ from })}
              />
              <span>{t('notices.quiet.to')}</span>
              <Time
                label={`${t('notices.quiet')}: ${t('notices.quiet.to')}`}
                value={p.quiet.to}
                set={(to) => quiet({ to })}
              />
              <label className={css.tick}>
                <input
                  type="checkbox"
                  checked={p.quiet.weekends}
                  onChange={(e) => quiet({ weekends: e.currentTarget.checked })}
                />
                {t('notices.quiet.weekends')}
              </label>
            </div>
          )}
          <p className="row-a small quiet">
            <span>
              {p.timeZone
                ? t('notices.zone', { zone: p.timeZone.replaceAll('_', ' ') })
                : t('notices.zone.none')}{' '}
              <Link to="/settings">{t('notices.zone.change')}</Link>
            </span>
          </p>
        </div>
      </Part>
    </>
  );
}

function kindName(kind: string): string {
  const key = `notices.kind.${kind}` as Parameters<typeof t>[0];
  return t(key);
}

function Row({ name, says, children }: { name: string; says?: string; children: ReactNode }) {
  return (
    <div className={`row-a ${css.row}`}>
      <span className="row-main">
        {name}
        {says && <small>{says}</small>}
      </span>
      {children}
    </div>
  );
}

function OnOff({ label, on, set }: { label: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <Choice
      label={label}
      value={on ? 'on' : 'off'}
      onChange={(v) => set(v === 'on')}
      options={[
        ['on', t('notices.on')],
        ['off', t('notices.off')],
      ]}
    />
  );
}

/** Saved when it is left: while somebody types, half of it is not meant yet. */
function Time({ label, value, set }: { label: string; value: string; set: (value: string) => void }) {
  const [typed, setTyped] = useState<string>();
  const done = () => {
    if (typed && typed !== value) set(typed);
    setTyped(undefined);
  };
  return (
    <input
      type="time"
      className={`input sm ${css.time}`}
      aria-label={label}
      value={typed ?? value}
      onChange={(e) => setTyped(e.currentTarget.value)}
      onBlur={done}
      onKeyDown={(e) => e.key === 'Enter' && done()}
    />
  );
}
