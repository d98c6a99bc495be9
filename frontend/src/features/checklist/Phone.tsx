import { Link } from '@tanstack/react-router';
import { BellRing, Check, ChevronLeft, ChevronRight, Repeat2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { browserZone } from '../../lib/time';
import { useNow } from '../../lib/use-now';
import { Avatar, hueColour } from '../../ui/Avatar';
import { Acts, actsOf, More, understand } from './Acts';
import { AnswerEditor } from './AnswerEditor';
import { Notes } from './ChecklistPage';
import { useAnswerDraft } from './drafts';
import { Files } from './Files';
import { From } from './From';
import { Answered, Explained, Understood } from './ItemRow';
import { Kept } from './Kept';
import { t } from './messages';
import { useRemind } from './remind';
import { peopleAt, useRoom } from './room';
import { Excused } from './Side';
import { inherits, isQuiet, waitsFor } from './state';
import { TopicBar } from './TopicBar';
import type { Item } from './types';
import { launchWords } from './words';
import './phone.css';

/** A checklist in one hand: one question at a time, and the two words under the thumb. */
export function Phone({ onTopic }: { onTopic: (key: string) => void }) {
  const room = useRoom();
  const { view, live, topic, at, go } = room;
  const now = useNow(60_000);
  const remind = useRemind(view.id);
  const items = topic.items.filter((i) => !isQuiet(i) || i.key === at);
  const shown = items.length > 0 ? items : topic.items;
  const found = shown.findIndex((i) => i.key === at);
  const begin = shown.findIndex((i) => waitsFor(i, live.me, room.may));
  const n = found >= 0 ? found : Math.max(0, begin);
  const item = shown[n];
  // On a phone the question that is shown is the one that is read.
  useEffect(() => {
    if (item && at !== item.key) go(item.key);
  }, [item, at, go]);
  const chips = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another topic is shown
  useEffect(() => {
    chips.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [topic.key]);
  const others = live.here.people.filter((p) => p.personId !== live.me.id);
  const step = (by: 1 | -1) => {
    const next = shown[n + by];
    if (next) return go(next.key);
    const i = view.topics.findIndex((x) => x.key === topic.key);
    onTopic(view.topics[(i + by + view.topics.length) % view.topics.length]!.key);
  };
  if (!item) return null;
  const next = shown[n + 1];
  return (
    <div className="pc">
      <header>
        <Link to="/checklists" className="btn ghost icon" aria-label={t('ck.all')}>
          <ChevronLeft size={22} aria-hidden />
        </Link>
        <div>
          <h1>{view.name}</h1>
          <p>
            {view.launchOn && `${t('ck.launch')} ${launchWords(view.launchOn, now, browserZone())} · `}
            {view.blocking > 0 ? (
              <b>
                {t('ck.blocking')} {view.blocking}
              </b>
            ) : (
              t('ck.clear')
            )}
          </p>
        </div>
        <span className="pc-faces">
          {others.slice(0, 3).map((p) => (
            <Avatar key={p.personId} person={p} size={30} />
          ))}
        </span>
        {view.blocking > 0 && (room.may.answer || room.may.understand) && (
          <button
            type="button"
            className="btn ghost icon"
            aria-label={t('ck.remind')}
            title={t('ck.remind.title')}
            data-busy={remind.busy || undefined}
            onClick={() => void remind.run()}
          >
            <BellRing size={19} aria-hidden />
          </button>
        )}
      </header>
      <ol className="pc-topics" aria-label={t('ck.topics')} ref={chips}>
        {view.topics.map((x) => (
          <li key={x.key}>
            <button
              type="button"
              aria-current={x.key === topic.key ? 'true' : undefined}
              onClick={() => onTopic(x.key)}
            >
              {x.name}
              {x.blocking ? (
                <b>
                  <span className="sr">{t('ck.blocking')} </span>
                  {x.blocking}
                </b>
              ) : (
                x.of > 0 && <Check size={14} role="img" aria-label={t('ck.topicClear')} />
              )}
            </button>
          </li>
        ))}
      </ol>
      <div className="pc-topic">
        <h2>
          {topic.name}
          {topic.blocking > 0 && <em>{t('ck.topicBlocks', { n: topic.blocking })}</em>}
        </h2>
        <TopicBar topic={topic} height={18} onItem={go} />
      </div>
      <div className="pc-scroll">
        <Notes live={live} view={view} />
        <Question key={item.key} item={item} />
        {next && (
          <button type="button" className="panel pc-item pc-peek" onClick={() => go(next.key)}>
            <span className="pc-k">
              <span className="ck-key">{next.key}</span>
              {inherits(next) && (
                <span className="pill" data-t="acc">
                  <Repeat2 size={13} aria-hidden />
                  {next.services.length > 1
                    ? t('ck.svc.many', { n: next.services.length })
                    : next.services[0]?.service.name}
                </span>
              )}
            </span>
            <span className="pc-q">{next.question}</span>
          </button>
        )}
        {view.excused && (
          <div className="pc-excused">
            <Excused view={view} />
          </div>
        )}
        <Files />
      </div>
      <Thumb item={item} n={n} of={shown.length} next={next?.key} onStep={step} />
    </div>
  );
}

function Question({ item }: { item: Item }) {
  const { live, view, open } = useRoom();
  const here = peopleAt(live.here.people, item.key, live.me.id);
  const draft = useAnswerDraft(live.id, item.key);
  const editing = open?.what === 'answer' && open.item === item.key;
  const first = here[0];
  return (
    <article
      className="panel pc-item"
      data-here={first !== undefined || undefined}
      style={first && ({ '--hue': hueColour(first.hue) } as React.CSSProperties)}
    >
      <span className="pc-k">
        <span className="ck-key">{item.key}</span>
        {first && (
          <span className="ck-at">
            <Avatar person={first} size={22} decorative />
            {t(first.at?.editing ? 'ck.typing' : 'ck.here', { name: first.name.split(' ')[0] ?? first.name })}
          </span>
        )}
        {item.unsent && live.taps.trying && (
          <span className="ck-unsent">
            <i />
            {t('ck.unsent')}
          </span>
        )}
      </span>
      <h3>{item.question}</h3>
      <p className="ck-help">{item.help}</p>
      <From of={item} origins={view.origins} />
      {editing ? (
        <AnswerEditor item={item} draft={draft} />
      ) : (
        <>
          <div className="pc-ans">
            <Answered item={item} acts />
          </div>
          {draft && <Kept item={item} draft={draft} />}
          <dl>
            <dt>{t('ck.explainedBy')}</dt>
            <dd>
              <Explained item={item} size={28} />
            </dd>
            <dt>{t('ck.understoodBy')}</dt>
            <dd>
              <Understood item={item} size={28} />
            </dd>
          </dl>
          {item.confirm?.id === live.me.id && item.typedBy && (
            <p className="ck-help">{t('ck.confirmText', { name: item.typedBy.name })}</p>
          )}
          <More item={item} />
        </>
      )}
    </article>
  );
}

/** Where the thumb is: from question to question, and the next step. */
function Thumb({
  item,
  n,
  of,
  next,
  onStep,
}: {
  item: Item;
  n: number;
  of: number;
  next: string | undefined;
  onStep: (by: 1 | -1) => void;
}) {
  const room = useRoom();
  const can = actsOf(item, room);
  if (room.open?.what === 'answer') return null;
  return (
    <footer>
      <div className="pc-nav">
        <button type="button" className="btn ghost" aria-label={t('ck.prev')} onClick={() => onStep(-1)}>
          <ChevronLeft size={22} aria-hidden />
        </button>
        <span className="num" aria-live="polite">
          {t(next ? 'ck.stepNext' : 'ck.stepOf', { n: n + 1, of, key: next ?? '' })}
        </span>
        <button type="button" className="btn ghost" aria-label={t('ck.next')} onClick={() => onStep(1)}>
          <ChevronRight size={22} aria-hidden />
        </button>
      </div>
      <div className="pc-btns">
        {can.understand ? (
          <>
            <button
              type="button"
              className="btn line big"
              onClick={() => room.setOpen({ what: 'push-back', item: item.key })}
            >
              {t('ck.pushBack')}
            </button>
            <button type="button" className="btn big" onClick={() => understand(room, item)}>
              {t('ck.understand')}
            </button>
          </>
        ) : (
          <Acts item={item} lead />
        )}
      </div>
    </footer>
  );
}
