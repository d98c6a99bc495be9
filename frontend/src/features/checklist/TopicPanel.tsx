import { ArrowRight, Check } from 'lucide-react';
import { useState } from 'react';
import { ItemRow } from './ItemRow';
import { t } from './messages';
import { goOn, isStep } from './next';
import { useRoom } from './room';
import { type Filter, isQuiet, isShort, mayUnderstand, shownIn, waitsFor } from './state';
import type { Item } from './types';

export const FILTERS: readonly Filter[] = ['all', 'blocking', 'mine'];

/** The questions of one topic. */
export function TopicPanel({
  filter,
  onFilter,
  lead,
  onTopic,
}: {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  /** The item whose next step is the page's one filled button. */
  lead: string | undefined;
  onTopic: (key: string) => void;
}) {
  const { topic, live, at, view } = useRoom();
  const [shown, setShown] = useState<string>();
  const of = (f: Filter) => topic.items.filter((i) => shownIn(i, f, live.me, view.may));
  const wanted = of(filter);
  const all = shown === topic.key || filter !== 'all';
  const quiet = filter === 'all' ? wanted.filter((i) => isQuiet(i) && i.key !== at) : [];
  const rows = all ? wanted : wanted.filter((i) => !quiet.includes(i));
  const next = view.topics.find(
    (x) => x.key !== topic.key && x.items.some((i) => shownIn(i, filter, live.me, view.may)),
  );
  return (
    <section className="panel ck-main" aria-labelledby="ck-topic-name">
      <div className="ck-top">
        <div className="ck-h">
          <div>
            <h2 id="ck-topic-name">{topic.name}</h2>
            <p className="quiet small">{topic.sub}</p>
          </div>
          <Whole />
          <fieldset className="seg">
            <legend className="sr">{t('ck.filter')}</legend>
            {FILTERS.map((f) => (
              <button key={f} type="button" aria-pressed={filter === f} onClick={() => onFilter(f)}>
                {t(`ck.filter.${f}`)} {of(f).length}
              </button>
            ))}
          </fieldset>
        </div>
        <div className="ck-cols" aria-hidden="true">
          <span />
          <span>{t('ck.question')}</span>
          <span>{t('ck.explainedBy')}</span>
          <span>{t('ck.understoodBy')}</span>
          <span />
        </div>
      </div>
      {rows.length > 0 ? (
        <ol>
          {rows.map((item) => (
            <ItemRow key={item.key} item={item} lead={item.key === lead} />
          ))}
        </ol>
      ) : filter === 'all' ? null : (
        <p className="ck-none">
          {t(`ck.filterNone.${filter}`, { topic: topic.name })}
          {next && (
            <button type="button" className="btn line sm" onClick={() => onTopic(next.key)}>
              {t('ck.elsewhere', { topic: next.name })}
            </button>
          )}
        </p>
      )}
      {filter === 'all' && <Onward onTopic={onTopic} />}
      {quiet.length > 0 && (
        <p className="ck-more">
          <button
            type="button"
            className="btn ghost sm"
            aria-expanded={all}
            onClick={() => setShown(all ? undefined : topic.key)}
          >
            <Check size={14} aria-hidden />
            {all
              ? t('ck.quietHide')
              : t('ck.quiet', { n: quiet.length, keys: quiet.map((i) => i.key).join(', ') })}
          </button>
        </p>
      )}
    </section>
  );
}

/** Where this topic has nothing more for this person, the way to the next that has. */
function Onward({ onTopic }: { onTopic: (key: string) => void }) {
  const room = useRoom();
  const { topic, live, view, may } = room;
  const mine = (items: readonly Item[]) => items.filter((i) => waitsFor(i, live.me, may));
  if (mine(topic.items).length > 0) return null;
  const here = view.topics.findIndex((x) => x.key === topic.key);
  const next = [...view.topics.slice(here + 1), ...view.topics.slice(0, here)].find(
    (x) => mine(x.items).length > 0,
  );
  const first = next && mine(next.items)[0];
  if (!first) return null;
  return (
    <p className="ck-more">
      <button
        type="button"
        className="btn soft sm"
        onClick={() => (isStep(first, room) ? goOn(room, first) : onTopic(next.key))}
      >
        {t('ck.onward', { topic: next.name, n: mine(next.items).length })}
        <ArrowRight size={14} aria-hidden />
      </button>
    </p>
  );
}

/** What of the topic waits for this person to understand. */
export const waitingIn = (items: readonly Item[], room: Pick<ReturnType<typeof useRoom>, 'live' | 'may'>) =>
  items.filter(
    (i) =>
      i.state === 'answered' && !i.skipped && !i.lacks?.length && mayUnderstand(i, room.live.me, room.may),
  );

/** A topic is understood at once, when all of it was read. */
function Whole() {
  const room = useRoom();
  const { topic, live } = room;
  const waiting = waitingIn(topic.items, room);
  if (waiting.length < 2) return null;
  const closed = waiting.filter((i) => !i.opened);
  const hidden = closed.filter((i) => !isShort(i));
  const all = () => {
    if (hidden[0]) return room.go(hidden[0].key);
    for (const i of closed) live.act({ do: 'open', item: i.key, rev: i.rev }); // it was wholly in sight
    live.act({ do: 'topic', topic: topic.key });
  };
  return (
    <button type="button" className="btn line sm ck-whole" onClick={all}>
      {hidden.length > 0
        ? t('ck.understandAllRead', { n: hidden.length })
        : t('ck.understandAll', { n: waiting.length })}
    </button>
  );
}
