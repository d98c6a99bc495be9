import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { Fragment, useId, useState } from 'react';
import { caps, isSingle, type KeyScope, useKeyScopes } from '../lib/keys';
import { useSingleKeys } from '../lib/keys/setting';
import { Dialog } from '../ui/Dialog';
import './keymap.css';
import { t } from './messages';

interface Line {
  keys: readonly string[];
  label: string;
}

/** Scopes of the same name are one group; the most particular group comes first. */
function groups(scopes: readonly KeyScope[], q: string): [string, Line[]][] {
  const found = new Map<string, Line[]>();
  for (const scope of [...scopes].reverse()) {
    if (scope.inDialog) continue;
    const lines = found.get(scope.name) ?? [];
    for (const b of scope.bindings) {
      const keys = [b.keys].flat();
      const words = `${b.label} ${keys.map((k) => caps(k).join(' ')).join(' ')} ${scope.name}`.toLowerCase();
      if (words.includes(q) && !lines.some((l) => l.label === b.label)) lines.push({ keys, label: b.label });
    }
    if (lines.length) found.set(scope.name, lines);
  }
  return [...found];
}

/** The map behind `?`: everything that is bound on this page right now, searchable. */
export default function KeyMap({ onClose }: { onClose: () => void }) {
  const scopes = useKeyScopes();
  const [singles] = useSingleKeys();
  const [q, setQ] = useState('');
  const id = useId();
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
                <div key={l.label} data-off={(!singles && l.keys.every(isSingle)) || undefined}>
                  <dt>
                    {l.keys.map((k, i) => (
                      <Fragment key={k}>
                        {i > 0 && <span className="quiet"> or </span>}
                        {caps(k).map((c, n) => (
                          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed sequence of caps
                          <kbd key={n}>{c}</kbd>
                        ))}
                      </Fragment>
                    ))}
                  </dt>
                  <dd>{l.label}</dd>
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
