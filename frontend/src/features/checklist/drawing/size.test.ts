import { beforeEach, expect, it } from 'vitest';
import { remember, sizeOf } from './size';

beforeEach(() => localStorage.clear());

it('knows how large a drawing was, also after many others, and guesses the rest', () => {
  const source = 'flowchart LR\n  A[Browser] --> B[Edge]';
  expect(sizeOf(source).known).toBe(false);
  remember(source, { width: 300, height: 90 });
  expect(sizeOf(source)).toEqual({ size: { width: 300, height: 90 }, known: true });
  expect(sizeOf(`${source}\n  B --> C`).known).toBe(false);
  remember(source, { width: 310, height: 95 });
  expect(sizeOf(source).size).toEqual({ width: 310, height: 95 });
  for (let i = 0; i < 200; i++) remember(`flowchart TD\n  A${i} --> B`, { width: 10, height: 10 });
  expect(sizeOf(source).known).toBe(false);
  expect(localStorage.getItem('trestle.drawn')!.length).toBeLessThan(4000);
});

it('guesses by what is drawn: more is larger, and what lies is not tall', () => {
  const height = (source: string) => sizeOf(source).size.height;
  const chain = 'A --> B\nB -->|asks| C\nC -.-> D\nD ==> E';
  expect(height(`flowchart TD\n${chain}`)).toBeGreaterThan(2 * height(`flowchart LR\n${chain}`));
  expect(height(`flowchart TD\n${chain}\nE --> A`), 'round in a circle').toBeLessThan(2000);
  expect(height('sequenceDiagram\nA->>B: x\nB-->>A: y')).toBeGreaterThan(height('sequenceDiagram\nA->>B: x'));
  expect(height('no drawing')).toBeGreaterThan(0);
});

it('takes what was kept otherwise for nothing', () => {
  for (const bad of ['{', '{}', 'null', '[["x"]]']) {
    localStorage.setItem('trestle.drawn', bad);
    expect(sizeOf('erDiagram\n  A ||--o{ B : has').known).toBe(false);
  }
});
