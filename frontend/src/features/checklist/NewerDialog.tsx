import { useState } from 'react';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { Dialog } from '../../ui/Dialog';
import { Loaded } from '../../ui/Loaded';
import { From } from './From';
import { t } from './messages';
import { useRoom } from './room';
import type { Item, Origin } from './types';

type Asked = Pick<Item, 'question' | 'help' | 'evidence' | 'phase' | 'scope' | 'proposal'> & { from: string };
interface Change {
  key: string;
  kind: 'added' | 'changed' | 'retired';
  old?: Asked;
  new?: Asked;
}

/** What the newest version of the template asks otherwise; each is taken over by itself, and nothing is until then. */
export function NewerDialog({ onClose }: { onClose: () => void }) {
  const { live, view, may } = useRoom();
  const path = `/checklists/${live.id}/newer`;
  const query = useData<{ version: number; changes: Change[]; origins?: Origin[] }>(path);
  const [chosen, setChosen] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const adopt = async () => {
    if (chosen.length === 0) return setProblem(t('ck.newer.need'));
    setBusy(true);
    try {
      await api.post(`/checklists/${live.id}/adopt`, { items: chosen });
      live.again();
      void refresh(path);
      onClose();
    } catch (e) {
      setProblem(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
  };
  return (
    <Dialog
      title={t('ck.newer.title', { from: view.template.version, to: view.template.newest })}
      width={640}
      onClose={onClose}
      onSubmit={() => void adopt()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ck.cancel')}
          </button>
          {may.answer && (
            <button type="submit" className="btn" data-busy={busy || undefined}>
              {t('ck.newer.do', { n: chosen.length })}
            </button>
          )}
        </>
      }
    >
      <p>{t('ck.newer.text')}</p>
      <Loaded query={query}>
        {({ changes, origins }) =>
          changes.length === 0 ? (
            <p className="quiet">{t('ck.newer.none')}</p>
          ) : (
            <ul className="ck-newer">
              {changes.map((c) => (
                <li key={c.key}>
                  <label>
                    <input
                      type="checkbox"
                      disabled={!may.answer}
                      checked={chosen.includes(c.key)}
                      onChange={(e) =>
                        setChosen((old) =>
                          e.target.checked ? [...old, c.key] : old.filter((k) => k !== c.key),
                        )
                      }
                    />
                    <b className="ck-key">{c.key}</b>
                    <span className="pill" data-t={c.kind === 'added' ? 'acc' : undefined}>
                      {t(`ck.newer.${c.kind}`)}
                    </span>
                  </label>
                  <div>
                    {c.old && c.kind !== 'added' && (
                      <p className={c.new ? 'ck-old' : undefined}>{said(c.old)}</p>
                    )}
                    {c.new && c.kind !== 'retired' && <p>{said(c.new)}</p>}
                    {c.new && <From of={c.new} origins={origins} />}
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {problem && (
        <div role="alert" className="ff-problem">
          {problem}
        </div>
      )}
    </Dialog>
  );
}

const said = (a: Asked): string =>
  [a.question, a.help && `(${a.help})`, `${a.from}, ${t(`ck.phase.${a.phase}`)}`].filter(Boolean).join(' ');
