import { Check } from 'lucide-react';
import { tu } from './messages';
import './topic-squares.css';

/** A checklist in its smallest form: one square per topic, a tick when nothing of it blocks, else how much does; a dash where nothing is asked. */
export function TopicSquares({
  topics,
}: {
  topics: readonly { key: string; name: string; blocking: number; of: number }[];
}) {
  const words = (x: (typeof topics)[number]) =>
    `${x.name}: ${x.blocking ? tu('ui.topicBlocks', { n: x.blocking }) : tu(x.of > 0 ? 'ui.topicClear' : 'ui.topicNotAsked')}`;
  return (
    <span className="ck-sq" role="img" aria-label={topics.map(words).join(', ')}>
      {topics.map((x) => (
        <i
          key={x.key}
          data-b={x.blocking || undefined}
          data-sec={x.key === 'security' || undefined}
          data-none={(x.of === 0 && !x.blocking) || undefined}
          title={words(x)}
          aria-hidden="true"
        >
          {x.blocking || (x.of > 0 ? <Check size={13} aria-hidden /> : '–')}
        </i>
      ))}
    </span>
  );
}
