import { Check } from 'lucide-react';
import { tu } from './messages';
import './topic-squares.css';

/** A checklist in its smallest form: one square per topic, a tick when nothing of it blocks, else how much does. */
export function TopicSquares({
  topics,
}: {
  topics: readonly { key: string; name: string; blocking: number }[];
}) {
  return (
    <span
      className="ck-sq"
      role="img"
      aria-label={topics
        .map(
          (x) => `${x.name}: ${x.blocking ? tu('ui.topicBlocks', { n: x.blocking }) : tu('ui.topicClear')}`,
        )
        .join(', ')}
    >
      {topics.map((x) => (
        <i
          key={x.key}
          data-b={x.blocking || undefined}
          data-sec={x.key === 'security' || undefined}
          title={x.name}
          aria-hidden="true"
        >
          {x.blocking || <Check size={13} aria-hidden />}
        </i>
      ))}
    </span>
  );
}
