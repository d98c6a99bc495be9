import { Link } from '@tanstack/react-router';
import { Pencil, RotateCcw, Search } from 'lucide-react';
import { Fragment, useId, useState } from 'react';
import { caps, isSingle, type KeyScope, keysOf, useKeyScopes } from '../lib/keys';
import { chooseKeys } from '../lib/keys/choose';
import { beginsSequence, pressed } from '../lib/keys/keys';
import { useOwnKeys } from '../lib/keys/setting';
import { Dialog } from '../ui/Dialog';
import './keymap.css';
import { t } from './messages';

interface Line {
  keys: readonly string[];
  label: string;
  /** The key that can be changed, as it is by default. */
  single?: string;
}

const changeable = (key: string) => isSingle(key) && !key.includes(' ');

/** Scopes of the same name are one group; the most particular group comes first. */
function groups(scopes: readonly KeyScope[], q: string): [string, Line[]][] {
  const found = new Map<string, Line[]>();
  for (const scope of [...scopes].reverse()) {
    if (scope.inDialog) continue;
    const lines = found.get(scope.name) ?? [];
    for (const b of scope.bindings) {
      const keys = keysOf(b);
      const words = `${b.label} ${keys.map((k) => caps(k).join(' ')).join(' ')} ${scope.name}`.toLowerCase();
      if (words.includes(q) && !lines.some((l) => l.label === b.label))
        lines.push({ keys, label: b.label, single: [b.keys].flat().find(changeable) });
    }
    if (lines.length) found.set(scope.name, lines);
  }
  return [...found];
}

/** The map behind `?`: everything that is bound on this page right now, searchable. */
export default function KeyMap({ onClose }: { onClose: () => void }) {
  const scopes = useKeyScopes();
  const { singles, own } = useOwnKeys();
  const [asking, ask] = useState<string>();
  const [why, say] = useState('');
  const [q, setQ] = useState('');
  const id = useId();
  /** Takes the key for what `single` does, unless something else has it. */
  const take = (single: string, key: string) => {
    const other = scopes
      .flatMap((scope) => scope.bindings)
      .find((b) => keysOf(b).includes(key) && ![b.keys].flat().includes(single));
    if (!changeable(key) || beginsSequence(key))
      return say(t('app.help.notThat', { key: caps(key).join(' ') }));
    if (other) return say(t('app.help.taken', { key: caps(key).join(' '), what: other.label }));
    const { [single]: _, ...rest } = own;
    void chooseKeys({ own: key === single ? rest : { ...rest, [single]: key } });
    ask(undefined);
    say('');
  };
  const shown = groups(scopes, q.trim().toLowerCase());
  const [before, after] = t(singles ? 'app.help.more' : 'app.help.off').split('{settings}');
  return (
    <Dialog title={t('app.help')} onClose={onClose} width={720}>
      <div className="searchbox wide">
        <Search size={15} aria-hidden />
        <label className="sr" htmlFor={id}>
          {t('app.help.find')}
        </label>
        <input
          id={id}
          type="search"
          value={q}
          placeholder={t('app.help.find')}
          onChange={(e) => setQ(e.target.value)}
        />
      </div>
      {shown.length === 0 && <p className="quiet">{t('app.help.none', { q })}</p>}
      <div className="keymap">
        {shown.map(([name, lines]) => (
          <section key={name} aria-label={name}>
            <h3 className="h2">{name}</h3>
            <dl>
              {lines.map((l) => (
                <div
                  key={l.label}
                  data-changed={(l.single && own[l.single]) || undefined}
                  data-off={(!singles && l.keys.every(isSingle)) || undefined}
                >
                  <dt>
                    {l.keys.map((k, i) => (
                      <Fragment key={k}>
                        {i > 0 && <span className="quiet"> {t('app.help.or')} </span>}
                        {caps(k).map((c, n) => (
                          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed sequence of caps
                          <kbd key={n}>{c}</kbd>
                        ))}
                      </Fragment>
                    ))}
                  </dt>
                  <dd>
                    <span>{l.label}</span>
                    {l.single && singles && (
                      <Change
                        line={l}
                        asking={asking === l.single}
                        why={why}
                        onAsk={(on) => {
                          ask(on ? l.single : undefined);
                          say('');
                        }}
                        onTake={(key) => take(l.single!, key)}
                        changed={own[l.single] !== undefined}
                      />
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="small quiet">
        {before}
        <Link to="/settings/keyboard" className="link" onClick={onClose}>
          {t('app.help.settings')}
        </Link>
        {after}
      </p>
    </Dialog>
  );
}

interface ChangeProps {
  line: Line;
  asking: boolean;
  why: string;
  changed: boolean;
  onAsk: (on: boolean) => void;
  onTake: (key: string) => void;
}

/** Another key for the same, or the one that it is by default. */
function Change({ line, asking, why, changed, onAsk, onTake }: ChangeProps) {
  if (!asking)
    return (
      <span className="keymap-change">
        {changed && (
          <button
            type="button"
            className="btn ghost sm icon"
            aria-label={t('app.help.reset', { what: line.label, key: caps(line.single ?? '').join(' ') })}
            title={t('app.help.reset', { what: line.label, key: caps(line.single ?? '').join(' ') })}
            onClick={() => onTake(line.single ?? '')}
          >
            <RotateCcw size={13} aria-hidden />
          </button>
        )}
        <button
          type="button"
          className="btn ghost sm icon"
          aria-label={t('app.help.change', { what: line.label })}
          title={t('app.help.change', { what: line.label })}
          onClick={() => onAsk(true)}
        >
          <Pencil size={13} aria-hidden />
        </button>
      </span>
    );
  return (
    <span className="keymap-press">
      <button
        type="button"
        className="btn soft sm"
        ref={(el) => el?.focus()}
        onBlur={() => onAsk(false)}
        onKeyDown={(e) => {
          if (e.key === 'Tab' || ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(e.key)) return;
          e.preventDefault();
          e.stopPropagation();
          if (e.key === 'Escape') onAsk(false);
          else onTake(pressed(e.nativeEvent));
        }}
      >
        {t('app.help.press')}
      </button>
      <span role="alert" className="field-error">
        {why}
      </span>
    </span>
  );
}
