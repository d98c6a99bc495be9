import { type AnswerDraft, keepDraft } from './drafts';
import { Evidence } from './Evidence';
import { t } from './messages';
import { useRoom } from './room';
import type { Item } from './types';

/** Somebody else's answer stands where this one was written: both are shown, and whoever was second decides. */
export function YoursAndTheirs({
  item,
  mine,
  onMine,
  onTheirs,
  onBoth,
}: {
  item: Item;
  mine: AnswerDraft;
  onMine: () => void;
  onTheirs: () => void;
  onBoth: () => void;
}) {
  const said = t('ck.conflict', {
    name: (item.typedBy ?? item.explainedBy?.person)?.name ?? t('ck.somebody'),
    key: item.key,
  });
  return (
    <section className="ck-two" role="alert" aria-label={said}>
      <p>{said}</p>
      <div className="ck-sides">
        <div>
          <h4>{t('ck.yours')}</h4>
          <Evidence of={{ text: mine.text, proof: mine.evidence }} />
          <button type="button" className="btn line sm" onClick={onMine}>
            {t('ck.keepMine')}
          </button>
        </div>
        <div>
          <h4>{t('ck.theirs')}</h4>
          <Evidence of={item} />
          <button type="button" className="btn line sm" onClick={onTheirs}>
            {t('ck.takeTheirs')}
          </button>
        </div>
      </div>
      <button type="button" className="btn ghost sm" onClick={onBoth}>
        {t('ck.bothWords')}
      </button>
    </section>
  );
}

/** Both answers as one: their words first, evidence once. */
export function together(item: Item, mine: AnswerDraft): AnswerDraft {
  const known = new Set(item.proof.map((p) => `${p.type} ${p.value} ${p.personId ?? ''}`));
  return {
    ...mine,
    text: [item.text, mine.text].filter((x) => x.trim()).join('\n\n'),
    evidence: [
      ...item.proof,
      ...mine.evidence.filter((p) => !known.has(`${p.type} ${p.value} ${p.personId ?? ''}`)),
    ],
    base: item.rev,
    refused: undefined,
  };
}

/** What was half written here, or was not taken. */
export function Kept({ item, draft }: { item: Item; draft: AnswerDraft }) {
  const { live, setOpen, may } = useRoom();
  const drop = () => keepDraft(live.id, item.key, undefined);
  const write = () => setOpen({ what: 'answer', item: item.key });
  if (draft.refused && draft.base !== item.rev && may.answer)
    return (
      <YoursAndTheirs
        item={item}
        mine={draft}
        onTheirs={drop}
        onMine={() => {
          const { refused: _, ...answer } = draft;
          drop();
          live.act({ do: 'answer', item: item.key, ...answer, base: item.rev });
        }}
        onBoth={() => {
          keepDraft(live.id, item.key, together(item, draft));
          write();
        }}
      />
    );
  return (
    <div className="ck-kept" role={draft.refused ? 'alert' : undefined}>
      <span>
        {draft.refused ? t('ck.refusedKept', { key: item.key }) : t('ck.draftBack')}
        {draft.text && <q>{draft.text}</q>}
      </span>
      {may.answer && (
        <button type="button" className="btn line sm" onClick={write}>
          {t('ck.draftGo')}
        </button>
      )}
      <button type="button" className="btn ghost sm" onClick={drop}>
        {t('ck.draftDrop')}
      </button>
    </div>
  );
}
