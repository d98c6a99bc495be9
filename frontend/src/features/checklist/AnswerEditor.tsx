import { CircleSlash } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { announce } from '../../lib/announce';
import { useData } from '../../lib/data';
import { caps } from '../../lib/keys';
import { Kbd } from '../../ui/Kbd';
import { actsOf } from './Acts';
import type { Answer } from './acts';
import { type AnswerDraft, keepDraft } from './drafts';
import { asOld, EarlierAnswer } from './EarlierAnswer';
import { EvidenceFields } from './EvidenceFields';
import { together, YoursAndTheirs } from './Kept';
import { t } from './messages';
import { goOn, nextOf } from './next';
import { faultOf, isBlank, withScheme } from './proof';
import { useRoom } from './room';
import { Services } from './Services';
import { allItems, hasAnswered, inherits, lacking, topicOf } from './state';
import type { Checklist, EvidenceType, Face, Item, Proof } from './types';
import { spares } from './when';
import { kindWords } from './words';

/** The people of a team and its liaisons, as GET /teams/{team} tells them. */
export function useTeamPeople(teamId: string): Face[] {
  const team = useData<{ members: { person: Face }[]; liaisons: { person: Face }[] }>(`/teams/${teamId}`);
  const all = [...(team.data?.members ?? []), ...(team.data?.liaisons ?? [])].map((m) => m.person);
  return [...new Map(all.map((p) => [p.id, p])).values()].sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * The fields to begin with: what is there, else what the one service says from which it is to differ, and one of each
 * kind that the question asks for.
 */
function begun(item: Item, draft: AnswerDraft | undefined, view: Checklist): Answer {
  const onCard = !!view.card;
  const [there, another] = inherits(item) ? item.services : [];
  const from =
    draft ??
    (there && !another && hasAnswered(there) && !item.explainedBy
      ? { text: there.text, evidence: there.proof.filter(movable).map(asOld), base: item.rev }
      : { text: item.text, evidence: item.proof, base: item.rev });
  const asked = item.evidence.filter(
    (type) => type !== 'text' && type !== 'person' && (type !== 'auto' || onCard),
  );
  // Of "a diagram or a link" one is enough.
  const has = from.evidence.length > 0;
  const day = item.phase === 'pre_prod' && topicOf(view, item.key)?.key === 'launch' ? view.launchOn : '';
  const empty = has
    ? []
    : asked.slice(0, 2).map((type) => (type === 'date' && day ? { type, value: day } : blank(type, item)));
  return { ...from, evidence: [...from.evidence, ...empty] };
}

/** The word, as "none", after which questions that hang on this one are not asked, and which. */
function wordThatEnds(view: Checklist, item: Item): { word: string; keys: string[] } | undefined {
  const on = allItems(view).filter((i) => i.must && i.when?.item === item.key && i.when.not);
  const word = on[0]?.when?.not;
  return word ? { word, keys: on.map((i) => i.key) } : undefined;
}

/** A file or a signal is where it is; anything else can be said of this feature too. */
const movable = (p: Proof) => p.type !== 'file' && p.type !== 'auto';
export const blank = (type: EvidenceType, item: Pick<Item, 'unit'>): Proof => ({
  type,
  value: '',
  ...(type === 'number' && item.unit ? { unit: item.unit } : {}),
});

export function AnswerEditor({ item, draft }: { item: Item; draft: AnswerDraft | undefined }) {
  const room = useRoom();
  const { live, view, setOpen, may } = room;
  const [answer, setAnswer] = useState(() => begun(item, draft, view));
  const [tried, setTried] = useState(false);
  const [undrawn, setUndrawn] = useState<{ source: string; fault: string }>();
  const [drawing, setDrawing] = useState(false);
  const latest = useRef<Answer>(undefined);
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const people = useTeamPeople(view.team.id);
  const { at } = live.here;
  useEffect(() => {
    const el = area.current;
    el?.focus({ preventScroll: true });
    el?.setSelectionRange(el.value.length, el.value.length);
    el?.closest('.ck-i, .pc-item')?.scrollIntoView({ block: 'nearest' });
    return () => at({ cardId: item.key });
  }, [at, item.key]);
  useEffect(() => {
    latest.current = answer;
    return () => {
      latest.current = undefined;
    };
  }, [answer]);

  const change = (next: Partial<Answer>) => {
    const now = { ...answer, ...next };
    setAnswer(now);
    at({ cardId: item.key, editing: true });
    const kept = { ...now, evidence: now.evidence.filter((p) => !isBlank(p)) };
    const same =
      kept.text === item.text &&
      JSON.stringify(kept.evidence) === JSON.stringify(item.proof) &&
      kept.base === item.rev;
    keepDraft(live.id, item.key, same || isEmpty(kept) ? undefined : kept);
  };
  const close = () => setOpen(undefined);
  const sent = {
    ...answer,
    evidence: answer.evidence
      .filter((p) => !isBlank(p))
      .map((p) => (p.type === 'link' ? { ...p, value: withScheme(p.value) } : p)),
  };
  const lacks = lacking(item, sent.evidence);
  const bare = sent.understood === true && lacks.length > 0;
  const problem = isEmpty(sent)
    ? t('ck.empty')
    : (sent.evidence.map(faultOf).find(Boolean) ??
      (sent.evidence.some((p) => p.type === 'diagram' && p.value === undrawn?.source)
        ? t('ck.undrawn', { fault: undrawn?.fault ?? '' })
        : undefined) ??
      (bare && !sent.without?.trim() ? t('ck.without.need') : undefined));
  const theirs = item.rev !== answer.base;
  const put = (evidence: Proof[]) => {
    keepDraft(live.id, item.key, undefined);
    live.act({ do: 'answer', item: item.key, ...sent, evidence });
    announce(t('ck.saved', { key: item.key }));
    close();
  };
  const save = async (then?: () => void) => {
    setTried(true);
    if (problem || theirs || drawing) return;
    let { evidence } = sent;
    if (evidence.some((p) => p.type === 'diagram')) {
      setDrawing(true);
      // a drawing that cannot be drawn proves nothing; its size is kept with it
      const found = await import('./drawing/check').then(
        (m) => m.drawn(sent.evidence),
        () => sent.evidence, // without a network what draws may not be there
      );
      setDrawing(false);
      if (!Array.isArray(found)) return setUndrawn(found);
      // somebody has closed it meanwhile, or writes on
      if (latest.current !== answer) return;
      evidence = found;
    }
    put(evidence);
    then?.();
  };
  const next = nextOf(room, item, answer.text);
  const none = wordThatEnds(view, item);
  const saveAndNext = () => void save(() => goOn(room, next));
  // filling goes from question to question; who changes one answer stays with it
  const onward = item.state === 'unanswered';
  const saveHere = () => void save();
  const main = onward ? saveAndNext : saveHere;
  return (
    <form
      className="ck-edit"
      aria-label={t('ck.editor', { key: item.key })}
      onSubmit={(e) => {
        e.preventDefault();
        main();
      }}
      onKeyDown={(e) => {
        if (e.key === 'Escape') {
          e.stopPropagation();
          close();
        } else if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
          e.preventDefault();
          main();
        }
      }}
    >
      {theirs && (
        <YoursAndTheirs
          item={item}
          mine={sent}
          onMine={() => change({ base: item.rev })}
          onTheirs={() => {
            keepDraft(live.id, item.key, undefined);
            close();
          }}
          onBoth={() => change(together(item, sent))}
        />
      )}
      {inherits(item) && item.services.some(hasAnswered) && (
        <>
          <Services item={item} clamp />
          <p className="ck-help">{t('ck.differsHere')}</p>
        </>
      )}
      {item.state === 'unanswered' && !inherits(item) && (
        <EarlierAnswer
          item={item}
          may={isEmpty(sent)}
          onTake={(earlier) => {
            change(earlier);
            area.current?.focus();
          }}
        />
      )}
      <div className="ck-words">
        <label htmlFor={`${id}-text`}>{t('ck.editorText')}</label>
        <textarea
          ref={area}
          id={`${id}-text`}
          className="input"
          rows={3}
          maxLength={20_000}
          value={answer.text}
          onChange={(e) => change({ text: e.target.value })}
        />
        {none && (
          <NoneOfIt
            none={none}
            text={answer.text}
            onSay={(text) => {
              change({ text });
              area.current?.focus();
            }}
          />
        )}
      </div>
      <EvidenceFields
        item={item}
        evidence={answer.evidence}
        people={people}
        tried={tried}
        onChange={(evidence) => change({ evidence })}
      />
      <WhoExplained answer={answer} people={people} me={live.me} may={may.understand} onChange={change} />
      {bare && (
        <>
          <label htmlFor={`${id}-without`}>
            {t('ck.without.title', { key: item.key, kinds: kindWords(lacks) })}
          </label>
          <input
            id={`${id}-without`}
            className="input sm"
            maxLength={500}
            placeholder={t('ck.without.label')}
            value={answer.without ?? ''}
            onChange={(e) => change({ without: e.target.value || undefined })}
          />
        </>
      )}
      {tried && problem && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      <div className="ck-edit-foot">
        <button type="submit" className="btn sm" data-busy={drawing || undefined}>
          {onward && next ? t('ck.saveNext', { key: next.key }) : t('ck.save')}
          <span aria-hidden>
            <Kbd keys={caps('Mod+Enter').join(' ')} />
          </span>
        </button>
        {next && (
          <button type="button" className="btn line sm" onClick={onward ? saveHere : saveAndNext}>
            {onward ? t('ck.save') : t('ck.saveNext', { key: next.key })}
          </button>
        )}
        <button type="button" className="btn ghost sm" onClick={close}>
          {t('ck.cancel')}
        </button>
        {actsOf(item, room).na && item.state === 'unanswered' && (
          <button
            type="button"
            className="btn ghost sm"
            onClick={() => setOpen({ what: 'not-applicable', item: item.key, onward: true })}
          >
            {t('ck.naDo')}
          </button>
        )}
        <span className="small quiet">
          {t(item.state === 'understood' && !inherits(item) ? 'ck.reopens' : 'ck.draftKept')}
        </span>
      </div>
    </form>
  );
}

/** Says none with one press, in the word that is asked for, and what the words that stand there are read as. */
function NoneOfIt({
  none: { word, keys },
  text,
  onSay,
}: {
  none: { word: string; keys: string[] };
  text: string;
  onSay: (text: string) => void;
}) {
  const [before, setBefore] = useState('');
  const say = `${word[0]!.toUpperCase()}${word.slice(1)}`;
  const n = { keys: keys.join(', '), n: keys.length };
  const said = text.trim() !== '' && spares({ not: word }, text);
  return (
    <p className="ck-none-do" role="status">
      {said ? (
        <>
          <CircleSlash size={14} aria-hidden />
          <span>{t('ck.noneRead', { word: say, ...n })}</span>
          {before && text === say && (
            <button type="button" className="btn ghost sm" onClick={() => onSay(before)}>
              {t('ck.noneBack')}
            </button>
          )}
        </>
      ) : (
        <>
          <button
            type="button"
            className="btn line sm"
            onClick={() => {
              setBefore(text);
              onSay(say);
            }}
          >
            {say}
          </button>
          <span>{t(text.trim() ? 'ck.noneElse' : 'ck.noneDo', n)}</span>
        </>
      )}
    </p>
  );
}

const isEmpty = (a: Answer) => !a.text.trim() && a.evidence.length === 0;

/** Either side may type: then who explained it confirms it. */
function WhoExplained({
  answer,
  people,
  me,
  may,
  onChange,
}: {
  answer: Answer;
  people: readonly Face[];
  me: Face;
  may: boolean;
  onChange: (next: Partial<Answer>) => void;
}) {
  const id = useId();
  const by = answer.explainedBy;
  return (
    <div className="ck-by">
      <label htmlFor={id}>{t('ck.whoExplained')}</label>
      <select
        id={id}
        className="input sm"
        value={by?.id ?? ''}
        onChange={(e) => {
          const chosen = people.find((p) => p.id === e.target.value);
          onChange({
            explainedBy: chosen,
            understood: chosen && may && chosen.discipline !== me.discipline ? true : undefined,
          });
        }}
      >
        <option value="">{t('ck.me')}</option>
        {people
          .filter((p) => p.id !== me.id)
          .map((p) => (
            <option key={p.id} value={p.id}>
              {p.name}
            </option>
          ))}
      </select>
      {by && may && by.discipline !== me.discipline && (
        <label className="ck-check">
          <input
            type="checkbox"
            checked={answer.understood ?? false}
            onChange={(e) => onChange({ understood: e.target.checked || undefined })}
          />
          {t('ck.iUnderstood')}
        </label>
      )}
      {by && <span className="small quiet">{t('ck.iUnderstoodHint', { name: by.name })}</span>}
    </div>
  );
}
