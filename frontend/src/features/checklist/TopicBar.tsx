import { useState } from 'react';
import { t } from './messages';
import { type Shape, shapeOf } from './state';
import type { Item, Topic } from './types';
import { stateWord } from './words';

const W = 260;
const PAD = 1;

const box = (x: number, w: number, y: number, h: number) =>
  `M${x.toFixed(1)} ${y}h${w.toFixed(1)}v${h}h-${w.toFixed(1)}z`;

/** One segment per question on a beam; what it is is in its shape. */
export function barPaths(shapes: readonly Shape[]): Record<Shape | 'half2', string> {
  const p: Record<Shape | 'half2', string> = {
    understood: '',
    half: '',
    half2: '',
    gap: '',
    back: '',
    empty: '',
    na: '',
    optional: '',
  };
  const step = W / Math.max(1, shapes.length);
  shapes.forEach((s, i) => {
    const x = i * step + PAD;
    const w = step - 2.5;
    if (s === 'understood' || s === 'back') p[s] += box(x, w, 1, 10);
    else if (s === 'half') {
      p.half += box(x, w, 1.5, 9);
      p.half2 += box(x, w, 6, 5);
    } else if (s === 'gap')
      p.gap += `${box(x, w, 1.5, 9)}M${(x + w * 0.2).toFixed(1)} 10.5l${(w * 0.6).toFixed(1)} -9`;
    else if (s === 'na') p.na += `M${x.toFixed(1)} 10.5h${w.toFixed(1)}`;
    else p[s] += box(x, w, 1.5, 9);
  });
  return p;
}

/** The bar of a topic. With `onItem` each segment names its question and leads to it. */
export function TopicBar({
  topic,
  height = 16,
  onItem,
}: {
  topic: Pick<Topic, 'items'>;
  height?: number;
  onItem?: (key: string) => void;
}) {
  const [at, setAt] = useState<Item>();
  const p = barPaths(topic.items.map(shapeOf));
  const blocks = topic.items.some((i) => i.blocks);
  const drawn = (
    <svg
      className="ck-bar"
      viewBox={`0 0 ${W} 16`}
      preserveAspectRatio="none"
      style={{ height }}
      aria-hidden="true"
    >
      <path d={p.optional} fill="none" stroke="var(--line)" />
      <path d={p.empty} fill="none" stroke="var(--line-2)" strokeDasharray="2.5 2.5" />
      <path d={p.half} fill="none" stroke="var(--accent)" />
      <path d={p.half2 + p.understood} fill="var(--accent)" />
      <path d={p.gap} fill="none" stroke="var(--warn)" strokeWidth="1.3" />
      <path d={p.back} fill="var(--bad)" />
      <path d={p.na} stroke="var(--line-2)" strokeWidth="1.6" />
      <path d={`M0 13.5H${W}`} stroke={blocks ? 'var(--ink-3)' : 'var(--accent)'} strokeWidth="1.6" />
    </svg>
  );
  if (!onItem) return drawn;
  return (
    <span className="ck-bar-box">
      {drawn}
      <span className="ck-segs">
        {topic.items.map((i) => (
          <button
            key={i.key}
            type="button"
            // The topic's own button comes before; whoever goes by Tab should not pass sixty questions.
            tabIndex={-1}
            aria-label={t('ck.segment', { key: i.key, question: i.question, state: stateWord(i) })}
            onPointerEnter={() => setAt(i)}
            onPointerLeave={() => setAt(undefined)}
            onFocus={() => setAt(i)}
            onBlur={() => setAt(undefined)}
            onClick={() => onItem(i.key)}
            data-at={at === i || undefined}
          />
        ))}
      </span>
      {at && (
        <span className="ck-tip" aria-hidden="true">
          <b>{at.key}</b> {at.question} <i>{stateWord(at)}</i>
        </span>
      )}
    </span>
  );
}
