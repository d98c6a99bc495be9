import { expect, it } from 'vitest';
import { changeWords } from './history';

it('says each field before and after', () => {
  expect(
    changeWords({
      did: 'changed',
      changes: [
        { field: 'name', from: 'mail', to: 'post' },
        { field: 'kind', from: 'application', to: 'cots' },
        { field: 'operatingModel', from: 'operations', to: 'team' },
        { field: 'operatingModelWhy', to: 'They were woken by it' },
        { field: 'links' },
        { field: 'archived', from: 'false', to: 'true' },
      ],
    }),
  ).toEqual([
    'Name: “mail” to “post”',
    'Kind: “application” to COTS application',
    'Run by: Operations runs it to You build it, you run it',
    'Why so: nothing to “They were woken by it”',
    'Links changed',
    'put away',
  ]);
});

it('says what a new one began with', () => {
  expect(
    changeWords({
      did: 'added',
      changes: [
        { field: 'criticality', to: 'standard' },
        { field: 'operatingModelWhy', to: 'Ours' },
      ],
    }),
  ).toEqual(['Criticality: Standard', 'Why so: “Ours”']);
});
