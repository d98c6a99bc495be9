import { FileQuestion } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Avatar, hueColour } from '../../ui/Avatar';
import { Acts, More } from './Acts';
import { AnswerEditor } from './AnswerEditor';
import { useAnswerDraft } from './drafts';
import { Evidence } from './Evidence';
import { From } from './From';
import { Kept } from './Kept';
import { t } from './messages';
import { Asked, Reasons } from './Reasons';
import { peopleAt, useRoom } from './room';
import { ExplainedThere, Services, UnderstoodThere } from './Services';
import { inherits, isLater, mayUnderstand, shapeOf } from './state';
import type { Item } from './types';
import { Nobody, Who } from './Who';
import { daysSince, kindWords, shortDay, stateWord, understoodWords } from './words';

/** One question: what was answered, who explained it, who understood it, and what is to be done. */
export function ItemRow({ item, lead }: { item: Item; lead: boolean }) {
  const room = useRoom();
  const { live, view, at, go, open } = room;
  const here = peopleAt(live.here.people, item.key, live.me.id);
  const read = at === item.key;
  const editing = open?.what === 'answer' && open.item === item.key;
  const draft = useAnswerDraft(live.id, item.key);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (read) row.current?.scrollIntoView({ block: 'nearest' });
  }, [read]);
  return (
    <li
      ref={row}
      id={`item-${item.key}`}
      className="ck-i"
      data-s={shapeOf(item)}
      data-at={read || undefined}
      data-here={here.length > 0 || undefined}
      data-edit={editing || undefined}
      style={here[0] && ({ '--hue': hueColour(here[0].hue) } as React.CSSProperties)}
    >
      <span className="ck-key">{item.key}</span>
      <div className="ck-q">
        <h3>
          <button type="button" aria-expanded={read} onClick={() => go(read ? undefined : item.key)}>
            {item.question}
          </button>
          {here.map((p) => (
            <span key={p.personId} className="ck-at">
              <Avatar person={p} size={18} decorative />
              {t(p.at?.editing ? 'ck.typing' : 'ck.reading', { name: p.name.split(' ')[0] ?? p.name })}
            </span>
          ))}
          {item.unsent && live.taps.trying && (
            <span className="ck-unsent">
              <i />
              {t('ck.unsent')}
            </span>
          )}
        </h3>
        {read && <p className="ck-help">{item.help}</p>}
        {read && <From of={item} origins={view.origins} />}
        {editing ? (
          <>
            <Asked of={item} />
            <AnswerEditor key={item.key} item={item} draft={draft} />
          </>
        ) : (
          <>
            <Answered item={item} clamp={!read} acts />
            {draft && <Kept item={item} draft={draft} />}
          </>
        )}
        {read && !editing && <More item={item} />}
      </div>
      {!editing && (
        <>
          <div className="ck-w">
            <Explained item={item} />
          </div>
          <div className="ck-w">
            <Understood item={item} />
          </div>
          <div className="ck-a">
            <Acts item={item} lead={lead} />
          </div>
        </>
      )}
    </li>
  );
}

/** What stands there, and what was said to it. */
export function Answered({
  item,
  clamp,
  acts,
  paper,
}: {
  item: Item;
  clamp?: boolean;
  acts?: boolean;
  paper?: boolean;
}) {
  const { live, may } = useRoom();
  // one kind of those that are asked for is enough; whether more is needed is for who reads it
  const reader = mayUnderstand(item, live.me, may);
  const own = !inherits(item);
  const lacks = item.lacks ?? [];
  const given = new Set<string>(item.proof.map((p) => p.type));
  const missing =
    lacks.length === 0 && ['answered', 'understood', 'questioned'].includes(item.state)
      ? item.evidence.filter((e) => e !== 'text' && !given.has(e))
      : [];
  return (
    <>
      {own && (item.text || item.proof.length > 0) && <Evidence of={item} clamp={clamp} />}
      {item.services && <Services item={item} clamp={clamp} acts={acts} paper={paper} />}
      {own && lacks.length > 0 && (
        <p className="ck-help ck-lacks">
          <FileQuestion size={14} aria-hidden />
          {item.without
            ? t('ck.withoutBy', {
                kinds: kindWords(lacks),
                name: item.without.person.name,
                text: item.without.text,
              })
            : t('ck.lacks', { kinds: kindWords(lacks) })}
        </p>
      )}
      {own && reader && missing.length > 0 && (
        <p className="ck-help">
          {t('ck.notHere', { kinds: missing.map((e) => t(`ck.add.${e}`).toLowerCase()).join(', ') })}
        </p>
      )}
      {own && <Reasons of={item} paper={paper} />}
    </>
  );
}

export function Explained({ item, size }: { item: Item; size?: number }) {
  if (inherits(item)) return <ExplainedThere services={item.services} must={item.must} size={size} />;
  if (item.na && (item.state === 'na' || item.state === 'questioned'))
    return (
      <Who
        person={item.na.person}
        sub={t('ck.naOn', { date: shortDay(item.na.at).replaceAll(' ', '\u00a0') })}
        size={size}
      />
    );
  if (item.explainedBy)
    return <Who person={item.explainedBy.person} sub={shortDay(item.explainedBy.at)} size={size} />;
  if (item.state === 'gap' || item.skipped) return null;
  if (isLater(item)) return <Nobody word={t('ck.later', { phase: t(`ck.phase.${item.phase}`) })} />;
  return <Nobody word={item.must ? t('ck.why.to_answer') : t('ck.state.optional')} />;
}

export function Understood({ item, size }: { item: Item; size?: number }) {
  const { live, may } = useRoom();
  if (inherits(item)) return <UnderstoodThere services={item.services} size={size} />;
  if (item.state === 'gap' && item.gap)
    return (
      <Who person={item.gap.person} sub={t('ck.gapOn', { date: shortDay(item.gap.until) })} size={size} />
    );
  if (item.understoodBy && !item.why)
    return <Who person={item.understoodBy.person} sub={understoodWords(item.understoodBy)} size={size} />;
  if (item.state === 'unanswered' || item.state === 'na' || item.skipped) return null;
  if (item.state === 'questioned') return <Nobody word={stateWord(item)} tone="bad" />;
  if (item.confirm)
    return (
      <span title={t('ck.confirmWaits', { name: item.confirm.name })}>
        <Nobody word={t('ck.why.to_confirm')} tone={item.confirm.id === live.me.id ? 'me' : undefined} />
      </span>
    );
  const mine = item.state === 'answered' && item.why !== 'stale' && mayUnderstand(item, live.me, may);
  return (
    <Nobody
      word={
        mine && item.explainedBy ? t('ck.youWaiting', { n: daysSince(item.explainedBy.at) }) : stateWord(item)
      }
      tone={mine ? 'me' : undefined}
    />
  );
}
