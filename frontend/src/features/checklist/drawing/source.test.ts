import { expect, it } from 'vitest';
import { DrawingFault, tame } from './source';

const fault = (source: string): [string, number | undefined] => {
  try {
    tame(source);
  } catch (e) {
    if (e instanceof DrawingFault) return [e.message, e.line];
  }
  return ['fine', undefined];
};

it('leaves out what sets the drawer and not the drawing', () => {
  const { text, lineOf } = tame(
    '---\nconfig:\n  securityLevel: loose\n---\n%%{init: {"securityLevel":"loose",\n "themeCSS":"x"}}%%\n%% a note\nflowchart LR\n%% one more\n  A --> B',
  );
  expect(text).toBe('flowchart LR\n  A --> B');
  expect([lineOf(1), lineOf(2), lineOf(9)]).toEqual([8, 10, 10]);
  expect(tame('flowchart LR\nA-->B %%{init: never closed').text).toBe('flowchart LR\nA-->B ');
});

it('draws five kinds and says so of others', () => {
  for (const kind of [
    'flowchart TD',
    'graph LR',
    'sequenceDiagram',
    'stateDiagram-v2',
    'classDiagram',
    'erDiagram',
  ])
    expect([fault(`${kind}\n A`)[0], fault(`%% x\n${kind}\n;\n`)[0]]).toEqual(['fine', 'empty']);
  expect(fault('graph LR; A')[0]).toBe('fine');
  expect(fault('\n\ngantt\n  title x')).toEqual(['kind', 3]);
  expect(fault('%%{init: {}}%%')[0]).toBe('kind');
});

it('refuses what points outside, with its line', () => {
  expect(fault('flowchart LR\n A-->B\n style A fill:url(https://evil.example/x)')).toEqual(['outside', 3]);
  expect(fault('flowchart LR\n A@{ img: "https://evil.example/x.png" }')).toEqual(['outside', 2]);
  expect(fault('flowchart LR\n click A "JavaScript:alert(1)"')).toEqual(['outside', 2]);
  expect(fault(`flowchart LR\n${'A-->B\n'.repeat(4000)}`)).toEqual(['long', undefined]);
});

it('knows no tags, and leaves arrows, breaks and stereotypes', () => {
  const text = (body: string) => tame(`classDiagram\n${body}`).text.split('\n')[1];
  expect(text('A: <img src=x onerror=y>')).toBe('A: ‹img src=x onerror=y>');
  expect(text('A <|-- B : a<br/>b</b>')).toBe('A <|-- B : a<br/>b‹/b>');
  expect(text('<<interface>> A')).toBe('<<interface>> A');
  expect(text('<<img src=x>> A')).toBe('<‹img src=x>> A');
});
