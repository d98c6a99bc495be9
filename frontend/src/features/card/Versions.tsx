import { diffWordsWithSpace } from 'diff';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { api } from '../../lib/api';
import { absolute, relative } from '../../lib/time';
import { Dialog } from '../../ui/Dialog';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { attempt, useRoom } from './context';
import full from './full.module.css';
import { tf } from './messages-full';

interface Version {
  id: string;
  authorName: string;
  at: string;
  length: number;
}

/** Past this many characters the words are not compared: two long texts side by side say more, and sooner. */
const TOO_LONG = 40_000;

/** Every text that the description had: who, when, what changed, and the way back. */
export function Versions({ onClose }: { onClose: () => void }) {
  const { store, face, detail, can } = useRoom();
  const [versions, setVersions] = useState<Version[]>();
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map());
  const [at, setAt] = useState(0);
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const count = detail?.revisions ?? 0;
  const read = useCallback(() => {
    setWrong('');
    api
      .get<{ items: Version[] }>(`/cards/${face.id}/revisions`)
      .then((page) => setVersions(page.items))
      .catch((e: Error) => setWrong(e.message));
  }, [face.id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: somebody may write another version meanwhile
  useEffect(read, [read, count]);
  const now = versions?.[at];
  const before = versions?.[at + 1];
  useEffect(() => {
    for (const v of [now, before]) {
      if (!v || texts.has(v.id)) continue;
      api
        .get<{ text: string }>(`/revisions/${v.id}`)
        .then(({ text }) => setTexts((old) => new Map(old).set(v.id, text)))
        .catch((e: Error) => setWrong(e.message));
    }
  }, [now, before, texts]);
  const text = now && texts.get(now.id);
  const was = before ? texts.get(before.id) : '';
  const restore = async () => {
    if (text === undefined) return;
    setBusy(true);
    const kept = await attempt(store.patch(face.id, { description: text }));
    setBusy(false);
    if (kept) onClose();
  };
  return (
    <Dialog
      title={tf('card.versionsOf', { key: face.key })}
      width={860}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {tf('card.closeThis')}
          </button>
          {can.work && at > 0 && text !== undefined && text !== detail?.card.description && (
            <button
              type="button"
              className="btn"
              data-busy={busy || undefined}
              onClick={() => void restore()}
            >
              {tf('card.restoreVersion')}
            </button>
          )}
        </>
      }
    >
      <div className={full.versions}>
        <ol>
          {versions?.map((v, i) => (
            <li key={v.id}>
              <button
                type="button"
                aria-current={i === at || undefined}
                data-autofocus={i === 0 || undefined}
                onClick={() => setAt(i)}
              >
                <strong>{v.authorName || tf('card.someone')}</strong>
                <time dateTime={v.at} title={absolute(v.at)}>
                  {relative(v.at)}
                </time>
                {i === 0 && <small>{tf('card.versionNow')}</small>}
              </button>
            </li>
          ))}
        </ol>
        <section aria-label={tf('card.difference')} className={full.difference}>
          {text === undefined || was === undefined ? (
            wrong ? null : (
              <AfterAWhile>
                <Bone width="90%" />
                <Bone width="70%" />
              </AfterAWhile>
            )
          ) : (
            <Difference before={was} after={text} first={!before} />
          )}
          {wrong && (
            <p className="field-error" role="alert">
              {tf('card.versionsFailed')} {wrong}{' '}
              <button type="button" className="btn line sm" onClick={read}>
                {tf('card.again')}
              </button>
            </p>
          )}
        </section>
      </div>
    </Dialog>
  );
}

function Difference({ before, after, first }: { before: string; after: string; first: boolean }) {
  const parts = useMemo(
    () => (before.length + after.length > TOO_LONG ? undefined : diffWordsWithSpace(before, after)),
    [before, after],
  );
  if (first) return <pre>{after || tf('card.versionEmpty')}</pre>;
  if (!parts)
    return (
      <>
        <h4>{tf('card.before')}</h4>
        <pre>{before}</pre>
        <h4>{tf('card.after')}</h4>
        <pre>{after}</pre>
      </>
    );
  return (
    <pre>
      {parts.map((p, i) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
        if (p.added) return <ins key={i}>{p.value}</ins>;
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
        if (p.removed) return <del key={i}>{p.value}</del>;
        return p.value;
      })}
    </pre>
  );
}
