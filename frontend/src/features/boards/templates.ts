import type { ColumnKind, Wip } from '../../api/types';

export interface TemplateColumn {
  name: string;
  kind: ColumnKind;
  wip?: Wip;
  policy?: string;
}

/** Starting points; every column, limit and policy can be changed on the board. */
export const TEMPLATES: Record<'delivery' | 'simple', readonly TemplateColumn[]> = {
  delivery: [
    { name: 'Ready', kind: 'queue', policy: 'In the order in which it is pulled. Pull from the top.' },
    {
      name: 'Shape',
      kind: 'active',
      wip: { mode: 'warn', max: 4 },
      policy: 'Operations and security have seen it.',
    },
    {
      name: 'Build',
      kind: 'active',
      wip: { mode: 'warn', max: 6 },
      policy: 'Code, tests, metrics and alerts together.',
    },
    {
      name: 'Review & test',
      kind: 'active',
      wip: { mode: 'warn', max: 4 },
      policy: 'Read by somebody else, tested where it will run.',
    },
    {
      name: 'Deploy',
      kind: 'active',
      wip: { mode: 'warn', max: 3 },
      policy: 'Rolled out and watched; rollback known.',
    },
    { name: 'Done', kind: 'done', policy: 'In production and seen to work.' },
  ],
  simple: [
    { name: 'To do', kind: 'queue', policy: 'Pull from the top.' },
    { name: 'Doing', kind: 'active', wip: { mode: 'warn', max: 5 } },
    { name: 'Done', kind: 'done' },
  ],
};
