import { expect, it } from 'vitest';
import { linesOf, linksOf } from './links';

it('reads links from lines and writes them back', () => {
  const links = [
    { label: 'Runbook: vault', url: 'https://run.example/vault?x=1' },
    { label: 'dash.example', url: 'https://dash.example/1' },
  ];
  expect(linksOf('Runbook: vault https://run.example/vault?x=1\n\n https://dash.example/1 ')).toEqual(links);
  expect(linksOf(linesOf(links))).toEqual(links);
  expect(linksOf('Nothing here\njavascript:alert(1)')).toEqual([undefined, undefined]);
});
