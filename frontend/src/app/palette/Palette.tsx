import { useNavigate, useRouterState } from '@tanstack/react-router';
import { CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList, CommandRoot } from 'cmdk';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from '../../lib/notify';
import { useBoardSearch } from '../../lib/search';
import { useOpenBoard } from '../../live';
import { Dialog } from '../../ui/Dialog';
import { type Command, commandsNow } from './commands';
import { type Found, useFound } from './found';
import { groupsOf } from './groups';
import { t } from './messages';
import './palette.css';
import { visited } from './visits';

/** Everything by its name: cards, people, boards, pages, and what the keys of this page do. */
export function Palette({ onClose }: { onClose: () => void }) {
  // What had the focus decides what a command is about, so it is asked before the field takes it.
  const [commands] = useState(commandsNow);
  const [q, setQ] = useState('');
  const [chosen, choose] = useState('');
  const path = useRouterState({ select: (s) => s.location.pathname });
  const store = useOpenBoard(/^\/b\/([^/]+)$/.exec(path)?.[1]);
  const found = useFound(q, store);
  const [, setSearch] = useBoardSearch();
  const navigate = useNavigate();

  const go = (to: string) => {
    onClose();
    void navigate({ to });
  };
  const open = (f: Found) => {
    const { kind, id, key, title, where, link } = f;
    if (kind === 'card' || kind === 'board') visited({ kind, id, key, title, where, link });
    if (kind !== 'card' || !key || !f.here) return go(link);
    onClose();
    setSearch({ card: key });
  };
  const run = (c: Command) => {
    onClose();
    // The focus is back where it was by then.
    setTimeout(() => {
      if (c.run() === false) toast({ id: 'palette', text: t('palette.nothing') });
    });
  };

  const asked = q.trim();
  const groups = groupsOf(asked, found, commands, { go, open, run });
  const rows = groups.flatMap((g) => g.rows);
  const [first] = rows;
  const value = rows.some((r) => r.value === chosen) ? chosen : (first?.value ?? '');
  // an answer that comes late goes around what is chosen, not under it
  const held = first && !first.loose && value === first.value ? value : '';
  useEffect(() => {
    if (held && chosen !== held) choose(held);
  }, [held, chosen]);
  return (
    <Dialog title={t('palette.title')} plain className="palette" width={640} onClose={onClose}>
      <CommandRoot
        label={t('palette.title')}
        shouldFilter={false}
        loop
        vimBindings={false}
        value={value}
        onValueChange={choose}
        onKeyDown={(e) => {
          if (e.key !== 'k' || !(e.ctrlKey || e.metaKey)) return;
          e.preventDefault();
          onClose();
        }}
      >
        <div className="palette-field">
          <Search size={17} aria-hidden />
          <CommandInput
            value={q}
            onValueChange={(text) => {
              setQ(text);
              choose('');
            }}
            placeholder={t('palette.field')}
            data-autofocus
          />
        </div>
        <CommandList className="palette-list" label={t('palette.title')}>
          {found.state !== 'asking' && <CommandEmpty>{t('palette.none', { q: asked })}</CommandEmpty>}
          {groups.map((g) => (
            <CommandGroup key={g.name} heading={g.name || undefined}>
              {g.rows.map((r) => (
                <CommandItem key={r.value} value={r.value} onSelect={r.run}>
                  <span className="palette-icon">{r.icon}</span>
                  <span className="palette-what">{r.what}</span>
                  {r.note && <small>{r.note}</small>}
                  {r.keys && (
                    <span className="palette-keys" aria-hidden="true">
                      {r.keys.map((k) => (
                        <kbd key={k}>{k}</kbd>
                      ))}
                    </span>
                  )}
                </CommandItem>
              ))}
            </CommandGroup>
          ))}
        </CommandList>
        <p className="palette-foot" role="status">
          {found.state === 'failed' ? (
            t('palette.failed')
          ) : (
            <>
              <kbd>↑</kbd> <kbd>↓</kbd> {t('palette.hint.choose')} <kbd>Enter</kbd> {t('palette.hint.do')}{' '}
              <kbd>Esc</kbd> {t('palette.hint.close')}
            </>
          )}
        </p>
      </CommandRoot>
    </Dialog>
  );
}
