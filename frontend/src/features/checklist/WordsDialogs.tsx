import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { readDraft, writeDraft } from '../../lib/drafts';
import { toastError } from '../../lib/notify';
import { absolute, relative } from '../../lib/time';
import { Avatar } from '../../ui/Avatar';
import { Dialog } from '../../ui/Dialog';
import { Loaded } from '../../ui/Loaded';
import { Evidence } from './Evidence';
import { t } from './messages';
import { useRoom } from './room';
import type { Changed, Item, ItemComment, ItemLine } from './types';

/** What is said beside an item; it changes nothing about who understood what. */
export function CommentsDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  const { live, view } = useRoom();
  const path = `/checklists/${live.id}/items/${item.key}/comments`;
  const query = useData<{ items: ItemComment[] }>(path);
  const kept = `checklist.${live.id}.${item.key}.comment`;
  const [text, setText] = useState(() => readDraft(kept)?.text ?? '');
  const [busy, setBusy] = useState(false);
  const write = (next: string) => {
    setText(next);
    writeDraft(kept, next.trim() ? { text: next } : undefined);
  };
  const send = async () => {
    if (!text.trim()) return;
    setBusy(true);
    try {
      live.take(await api.post<Changed>(path, { text: text.trim() }));
      write('');
      await refresh(path);
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };
  const remove = async (id: string) => {
    try {
      live.take(await api.del<Changed>(`/checklist-comments/${id}`));
      await refresh(path);
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <Dialog
      title={t('ck.commentsOf', { key: item.key })}
      onClose={onClose}
      onSubmit={() => void send()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ck.close')}
          </button>
          {!view.archivedAt && (
            <button type="submit" className="btn" disabled={!text.trim()} data-busy={busy || undefined}>
              {t('ck.say')}
            </button>
          )}
        </>
      }
    >
      <p className="quiet">{item.question}</p>
      <Loaded query={query}>
        {({ items }) =>
          items.length > 0 && (
            <ul className="ck-said">
              {items.map((c) => (
                <li key={c.id}>
                  <Avatar person={c.person} size={24} decorative />
                  <div>
                    <p className="small">
                      <b>{c.person.name}</b>{' '}
                      <time className="quiet" dateTime={c.at} title={absolute(c.at)}>
                        {relative(c.at)}
                      </time>
                    </p>
                    <p className="ck-text">{c.text}</p>
                  </div>
                  {c.person.id === live.me.id && (
                    <button
                      type="button"
                      className="btn ghost sm icon"
                      aria-label={t('ck.removeComment')}
                      onClick={() => void remove(c.id)}
                    >
                      <Trash2 size={14} aria-hidden />
                    </button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {!view.archivedAt && (
        <label className="field">
          <span className="field-label">{t('ck.comment')}</span>
          <textarea
            data-autofocus
            className="input"
            rows={3}
            maxLength={8000}
            value={text}
            onChange={(e) => write(e.target.value)}
          />
        </label>
      )}
    </Dialog>
  );
}

/** What became of an item: who said what, and when; nothing is overwritten. */
export function HistoryDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  const { live } = useRoom();
  const query = useData<{ items: ItemLine[] }>(`/checklists/${live.id}/items/${item.key}/history`);
  return (
    <Dialog title={t('ck.historyOf', { key: item.key })} onClose={onClose} width={560}>
      <p className="quiet">{item.question}</p>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('ck.historyNone')}</p>
          ) : (
            <ol className="ck-said">
              {items.map((l) => (
                <li key={l.seq}>
                  {l.person ? <Avatar person={l.person} size={24} decorative /> : <span />}
                  <div>
                    <p className="small">
                      <b>{l.person?.name ?? t('ck.somebody')}</b> {did(l.type)}
                      {standsFor(l)}{' '}
                      <time className="quiet" dateTime={l.at}>
                        {absolute(l.at)}
                      </time>
                    </p>
                    <Then type={kind(l.type)} item={l.item} said={l.said} />
                  </div>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Dialog>
  );
}

const DID = [
  'answered',
  'understood',
  'pushed_back',
  'withdrawn',
  'gap_accepted',
  'not_applicable',
  'confirmed',
  'reopened',
  'commented',
  'still_true',
  'differs',
  'service_archived',
  'service_restored',
] as const;
const kind = (type: string) => DID.find((d) => type === `checklist.${d}`);
const did = (type: string): string => {
  const known = kind(type);
  return known ? t(`ck.did.${known}`) : type.replace(/^checklist\./, '').replaceAll('_', ' ');
};

/** For whom somebody stood in. */
const standsFor = ({ type, item }: ItemLine): string => {
  const by =
    type === 'checklist.understood'
      ? item?.understoodBy
      : type === 'checklist.pushed_back'
        ? item?.asked
        : undefined;
  return by?.for ? `, ${t('ck.did.for', { name: by.for.name })}` : '';
};

/** What was said by it. */
function Then({ type, item, said }: { type: (typeof DID)[number] | undefined; item?: Item; said?: string }) {
  if (type === 'answered' && item)
    return (
      <div className="ck-q">
        <Evidence of={item} />
      </div>
    );
  const words =
    type === 'pushed_back'
      ? item?.asked?.text
      : type === 'not_applicable'
        ? item?.na?.text
        : type === 'gap_accepted'
          ? item?.gap?.why
          : type === 'understood' || type === 'confirmed'
            ? item?.without?.text
            : said;
  return words ? <p className="ck-text">{words}</p> : null;
}
