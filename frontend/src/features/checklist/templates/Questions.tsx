import { Plus } from 'lucide-react';
import { useState } from 'react';
import { announce } from '../../../lib/announce';
import { type Clash, changesOf, moved, withNew } from './draft';
import type { DraftKeeper } from './keeper';
import { t } from './messages';
import { QuestionRow } from './QuestionRow';
import type { Question, Template, TopicKey } from './types';

interface Props {
  view: Template;
  items: readonly Question[];
  clashes?: readonly Clash[];
  /** Absent: they are read only. */
  keeper?: DraftKeeper;
  topic?: string;
  onTopic: (key: string) => void;
}

/** The questions of a template, topic by topic. */
export function Questions({ view, items, clashes = [], keeper, topic, onTopic }: Props) {
  const [open, setOpen] = useState<string>();
  const [retired, setRetired] = useState(false);
  const here = view.topics.find((x) => x.key === topic) ?? view.topics[0];
  if (!here) return null;
  const changed = new Map(
    keeper && view.newest ? changesOf(view.items, items).items.map((c) => [c.key, c.kind]) : [],
  );
  const own = new Set(view.newest ? view.items.map((q) => q.key) : []);
  const of = items.filter((q) => q.topic === here.key);
  const gone = of.filter((q) => q.retired && !changed.has(q.key) && open !== q.key);
  const shown = of.filter((q) => retired || !gone.includes(q));
  const drop = (key: string, beside: string, after: boolean) => {
    keeper?.edit((all) => moved(all, key, beside, after));
    const order = moved(items, key, beside, after).filter((q) => q.topic === here.key);
    announce(t('ct.movedUp', { key, n: order.findIndex((q) => q.key === key) + 1, of: order.length }));
  };
  const add = () => {
    const { key } = withNew(items, here.key as TopicKey);
    keeper?.edit((all) => withNew(all, here.key as TopicKey).items);
    setOpen(key);
  };
  return (
    <div className="ct">
      <nav className="ct-topics" aria-label={t('ct.topics')}>
        {view.topics.map((x) => {
          const list = items.filter((q) => q.topic === x.key && !q.retired);
          const n = items.filter((q) => q.topic === x.key && changed.has(q.key)).length;
          return (
            <button
              key={x.key}
              type="button"
              aria-current={x === here ? 'true' : undefined}
              data-sep={x.key === 'security' || undefined}
              onClick={() => {
                setOpen(undefined);
                onTopic(x.key);
              }}
            >
              <span>
                {x.name}
                {n > 0 && <small>{t('ct.topicChanged', { n })}</small>}
              </span>
              <em className="num">{list.length}</em>
            </button>
          );
        })}
        <Levels items={items} />
      </nav>
      <section className="panel ct-main" aria-label={here.name}>
        <header className="ct-h">
          <div>
            <h2>{here.name}</h2>
            <p>{here.sub}</p>
          </div>
          {keeper && (
            <button type="button" className="btn soft sm" onClick={add}>
              <Plus size={14} aria-hidden />
              {t('ct.add')}
            </button>
          )}
        </header>
        {of.length === 0 && (
          <p className="ct-none">
            {t('ct.noneIn')} {keeper && t('ct.noneInText')}
          </p>
        )}
        <ol>
          {shown.map((q, i) => (
            <QuestionRow
              key={q.key}
              q={q}
              all={items}
              topics={view.topics}
              origins={view.origins}
              kind={changed.get(q.key)}
              fresh={!own.has(q.key)}
              clashes={clashes.filter((c) => c.key === q.key)}
              keeper={keeper}
              open={open === q.key}
              onOpen={(o) => setOpen(o ? q.key : undefined)}
              onDrop={drop}
              up={shown[i - 1]?.key}
              down={shown[i + 1]?.key}
              first={shown[0]?.key}
            />
          ))}
        </ol>
        {gone.length > 0 && (
          <button type="button" className="ct-gone" onClick={() => setRetired(!retired)}>
            {retired
              ? t('ct.retiredHide')
              : t('ct.retiredIn', { n: gone.length, keys: gone.map((q) => q.key).join(', ') })}
          </button>
        )}
      </section>
    </div>
  );
}

/** How much each level asks; a level asks what the lighter ones ask, too. */
function Levels({ items }: { items: readonly Question[] }) {
  const asked = items.filter((q) => !q.retired);
  const upTo = (levels: readonly Question['from'][]) => asked.filter((q) => levels.includes(q.from)).length;
  return (
    <p className="ct-levels">
      <b>{t('ct.count', { n: asked.length })}</b>
      <span>
        {t('ct.countLevels', {
          light: upTo(['light']),
          standard: upTo(['light', 'standard']),
          critical: upTo(['light', 'standard', 'critical']),
        })}
      </span>
      <span>{t('ct.levelsSay')}</span>
    </p>
  );
}
