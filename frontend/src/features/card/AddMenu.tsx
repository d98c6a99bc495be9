import { Plus } from 'lucide-react';
import { Suspense, useEffect, useRef, useState } from 'react';
import { lazyPart } from '../../lib/lazy';
import { useBoard } from '../../live';
import type { Asked } from './context';
import { useRoom } from './context';
import full from './full.module.css';
import { tf } from './messages-full';

const SaveTemplate = lazyPart(() => import('./SaveTemplate').then((m) => m.SaveTemplate));

/** What the card does not have yet, behind one button, instead of ten empty headings. */
export function AddMenu() {
  const { can, detail } = useRoom();
  return can.work && detail ? <Menu /> : null;
}

function Menu() {
  const { face, detail, can, asked, ask } = useRoom();
  const board = useBoard();
  const { lead } = can;
  const [saving, setSaving] = useState(false);
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    box.current?.querySelector('[role="menu"]')?.scrollIntoView?.({ block: 'nearest' });
    box.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const away = (e: PointerEvent) => !box.current?.contains(e.target as Node) && setOpen(false);
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open]);
  if (!detail) return null;
  const has = new Set(detail.fields.map((f) => f.id));
  const offers: [Asked, string][] = [];
  if (detail.todos.length === 0) offers.push(['todo', tf('card.add.todo')]);
  if (!detail.family.children.length && !detail.family.hidden) offers.push(['part', tf('card.add.part')]);
  if (!face.parent) offers.push(['parent', tf('card.add.parent')]);
  if (detail.links.length === 0) offers.push(['link', tf('card.add.link')]);
  if (!detail.hypothesis) offers.push(['hypothesis', tf('card.add.hypothesis')]);
  if (face.type === 'incident') offers.push(['question', tf('card.add.question')]);
  for (const f of board.fields) if (!f.retired && !has.has(f.id)) offers.push([`field:${f.id}`, f.name]);
  const rest = offers.filter(([what]) => what !== asked);
  if (rest.length === 0 && !lead) return null;
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const step = (by: number) => {
    const items = [...(box.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + by + items.length) % items.length]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the menu inside
    <div
      ref={box}
      className={full.addMenu}
      onKeyDown={(e) => {
        if (!open) return;
        if (e.key === 'Escape') {
          e.preventDefault();
          e.stopPropagation();
          close();
        } else if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
          e.preventDefault();
          step(e.key === 'ArrowDown' ? 1 : -1);
        } else if (e.key === 'Tab') setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className="btn line sm"
        data-add=""
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Plus size={15} aria-hidden /> {tf('card.add')}
      </button>
      {open && (
        <div role="menu" aria-label={tf('card.add')} className={full.menu}>
          {rest.map(([what, word]) => (
            <button
              key={what}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                setOpen(false);
                ask(what);
              }}
            >
              {word}
            </button>
          ))}
          {lead && (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                setSaving(true);
              }}
            >
              {tf('card.saveTemplate')}
            </button>
          )}
        </div>
      )}
      {saving && (
        <Suspense>
          <SaveTemplate onClose={() => setSaving(false)} />
        </Suspense>
      )}
    </div>
  );
}
