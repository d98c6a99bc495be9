import {
  ExternalLink,
  FileText,
  GitCommitHorizontal,
  GitPullRequest,
  LayoutDashboard,
  Pencil,
  Ticket,
  X,
} from 'lucide-react';
import { useRef, useState } from 'react';
import type { CardLink, LinkKind } from '../../api/types';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { toast } from '../../lib/notify';
import { Field } from '../../ui/Dialog';
import css from './card.module.css';
import { attempt, useRoom } from './context';
import full from './full.module.css';
import { tf } from './messages-full';

const KINDS: readonly LinkKind[] = ['commit', 'merge_request', 'ticket', 'document', 'dashboard', 'other'];
const SIGN = {
  commit: GitCommitHorizontal,
  merge_request: GitPullRequest,
  ticket: Ticket,
  document: FileText,
  dashboard: LayoutDashboard,
  other: ExternalLink,
};

/** "git.example/shop/merge_requests/12": what can be read of an address that has no title. */
export function shortOf(url: string): string {
  try {
    const u = new URL(url);
    const path = u.pathname === '/' ? '' : u.pathname;
    return (u.host + path).replace(/\/$/, '');
  } catch {
    return url;
  }
}

export function Links() {
  const { face, detail, can, asked, ask } = useRoom();
  const [editing, setEditing] = useState<string>();
  const opener = useRef<HTMLButtonElement>(null);
  const links = detail?.links ?? [];
  const adding = asked === 'link';
  if (links.length === 0 && !adding) return null;
  const close = () => {
    ask(undefined);
    setEditing(undefined);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const remove = (link: CardLink) => {
    void attempt(api.del(`/links/${link.id}`)).then((gone) => {
      if (!gone) return;
      announce(tf('card.linkRemoved'));
      const { url, kind, title } = link;
      toast({
        text: tf('card.linkRemoved'),
        stay: 30_000,
        action: {
          label: tf('card.undo'),
          run: () => void attempt(api.post(`/cards/${face.id}/links`, { url, kind, title })),
        },
      });
    });
  };
  return (
    <section className={css.part} aria-label={tf('card.links')}>
      <div className={css.partHead}>
        <h3>{tf('card.links')}</h3>
        {links.length > 0 && <span className="count">{links.length}</span>}
        {can.work && !adding && (
          <button ref={opener} type="button" className="btn ghost sm" onClick={() => ask('link')}>
            {tf('card.addLink')}
          </button>
        )}
      </div>
      <ul className={full.links}>
        {links.map((link) => {
          const Sign = SIGN[link.kind] ?? ExternalLink;
          const safe = /^https?:\/\//i.test(link.url) ? link.url : undefined;
          if (editing === link.id)
            return (
              <li key={link.id}>
                <LinkForm link={link} onDone={close} />
              </li>
            );
          return (
            <li key={link.id}>
              <Sign size={15} aria-hidden />
              <span className={full.linkText}>
                <a href={safe} target="_blank" rel="noreferrer noopener" title={link.url}>
                  {link.title || shortOf(link.url)}
                </a>
                <small>{tf(`card.link.${link.kind}`)}</small>
              </span>
              {can.work && (
                <span className={css.rowActs}>
                  <button
                    type="button"
                    className="btn ghost sm icon"
                    aria-label={tf('card.editLink', { link: link.title || shortOf(link.url) })}
                    onClick={() => setEditing(link.id)}
                  >
                    <Pencil size={14} aria-hidden />
                  </button>
                  <button
                    type="button"
                    className="btn ghost sm icon"
                    aria-label={tf('card.removeLink', { link: link.title || shortOf(link.url) })}
                    onClick={() => remove(link)}
                  >
                    <X size={15} aria-hidden />
                  </button>
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {adding && <LinkForm onDone={close} />}
    </section>
  );
}

function LinkForm({ link, onDone }: { link?: CardLink; onDone: () => void }) {
  const { face } = useRoom();
  const [url, setUrl] = useState(link?.url ?? '');
  const [title, setTitle] = useState(link?.title ?? '');
  const [kind, setKind] = useState<LinkKind | ''>(link?.kind ?? '');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState('');
  const save = async () => {
    const address = url.trim();
    if (!/^https?:\/\/\S+\.?\S*$/i.test(address)) return setWrong(tf('card.linkWrong'));
    setBusy(true);
    const body = { url: address, title: title.trim(), ...(kind ? { kind } : {}) };
    const kept = await attempt(
      link ? api.patch(`/links/${link.id}`, body) : api.post(`/cards/${face.id}/links`, body),
    );
    setBusy(false);
    if (!kept) return;
    announce(tf('card.linkSaved'));
    onDone();
  };
  return (
    <form
      className={css.form}
      noValidate // the page says what is wrong, in its own words
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return;
        e.preventDefault();
        e.stopPropagation();
        onDone();
      }}
    >
      <Field label={tf('card.linkUrl')} error={wrong}>
        <input
          className="input"
          type="url"
          inputMode="url"
          // biome-ignore lint/a11y/noAutofocus: it is the answer to the button that was just pressed
          autoFocus
          placeholder="https://"
          maxLength={2000}
          value={url}
          onChange={(e) => setUrl(e.target.value)}
        />
      </Field>
      <div className="field-row">
        <Field label={tf('card.linkTitle')}>
          <input className="input" maxLength={200} value={title} onChange={(e) => setTitle(e.target.value)} />
        </Field>
        <Field label={tf('card.linkKind')}>
          <select className="input" value={kind} onChange={(e) => setKind(e.target.value as LinkKind)}>
            {!link && <option value="">{tf('card.linkGuess')}</option>}
            {KINDS.map((k) => (
              <option key={k} value={k}>
                {tf(`card.link.${k}`)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <div className={css.formFoot}>
        <button type="button" className="btn line sm" onClick={onDone}>
          {tf('card.cancel')}
        </button>
        <button type="submit" className="btn sm" data-busy={busy || undefined} disabled={!url.trim() || busy}>
          {tf('card.save')}
        </button>
      </div>
    </form>
  );
}
