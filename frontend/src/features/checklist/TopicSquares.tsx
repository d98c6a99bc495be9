import { Check } from 'lucide-react';
import { t } from './messages';
import type { Head } from './types';

/** The smallest form: one square per topic, a tick when nothing of it blocks, else how much does. */
export function TopicSquares({ topics }: { topics: Head['topics'] }) {
  return (
    <span
      className="ck-sq"
      role="img"
      aria-label={topics
        .map((x) => `${x.name}: ${x.blocking ? t('ck.topicBlocks', { n: x.blocking }) : t('ck.topicClear')}`)
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
