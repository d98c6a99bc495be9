import {
  Archive,
  ArrowRight,
  ChevronRight,
  CircleCheck,
  KanbanSquare,
  Search,
  UserRound,
  UsersRound,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { caps } from '../../lib/keys';
import { works } from '../../lib/keys/keys';
import { DiscIcon } from '../../ui/DiscIcon';
import type { Command } from './commands';
import type { All, Found } from './found';
import { says } from './match';
import { t } from './messages';
import { pages } from './pages';

export interface Row {
  /** What tells it from all others. */
  value: string;
  icon: ReactNode;
  what: ReactNode;
  note?: string;
  keys?: string[];
  /** Stands in until something better is found: is not held on to when that comes. */
  loose?: boolean;
  run: () => void;
}
export interface Group {
  name: string;
  rows: Row[];
}

interface Ways {
  go: (to: string) => void;
  open: (f: Found) => void;
  run: (c: Command) => void;
}

function keysShown(c: Command): string[] | undefined {
  const key = c.keys.find(works);
  return key ? caps(key) : undefined;
}

/** Everything that the words leave, in the order in which it is drawn. */
export function groupsOf(asked: string, found: All, commands: readonly Command[], ways: Ways): Group[] {
  const left = commands.filter((c) => says(`${c.label} ${c.about ?? ''}`, asked));
  const command = (c: Command): Row => ({
    value: `command ${c.label}`,
    icon: c.leads ? <ArrowRight size={16} aria-hidden /> : <ChevronRight size={16} aria-hidden />,
    what: c.label,
    keys: keysShown(c),
    run: () => ways.run(c),
  });
  const thing = (f: Found): Row => ({
    value: `${f.kind} ${f.id}`,
    icon: <FoundIcon f={f} />,
    what: <FoundName f={f} />,
    note: f.where,
    loose: f.stale,
    run: () => ways.open(f),
  });
  const named = asked ? pages().filter((p) => says(p.label, asked)) : [];
  const about = [...new Set(left.flatMap((c) => c.about ?? []))];
  const groups: Group[] = [
    { name: t('palette.recent'), rows: found.recent.slice(0, about.length ? 3 : undefined).map(thing) },
    ...about.map((what) => ({
      name: t('palette.about', { what }),
      rows: left.filter((c) => c.about === what).map(command),
    })),
    { name: t('palette.cards'), rows: found.cards.map(thing) },
    { name: t('palette.people'), rows: found.people.map(thing) },
    { name: t('palette.boards'), rows: found.boards.map(thing) },
    { name: t('palette.here'), rows: left.filter((c) => !c.about && !c.leads).map(command) },
    {
      name: t('palette.go'),
      rows: [
        ...left.filter((c) => c.leads).map(command),
        ...named.map((p) => ({
          value: `page ${p.to}`,
          icon: <ArrowRight size={16} aria-hidden />,
          what: p.label,
          run: () => ways.go(p.to),
        })),
      ],
    },
    { name: '', rows: asked ? [everywhere(asked, ways)] : [] },
  ];
  return groups.filter((g) => g.rows.length > 0);
}

const everywhere = (q: string, ways: Ways): Row => ({
  value: 'everywhere',
  icon: <Search size={16} aria-hidden />,
  what: t('palette.everywhere', { q }),
  loose: true,
  run: () => ways.go(`/search?${new URLSearchParams({ q })}`),
});

const ICONS = { board: KanbanSquare, team: UsersRound, person: UserRound } as const;

function FoundIcon({ f }: { f: Found }) {
  if (f.kind === 'card') return <DiscIcon d={f.discipline ?? 'other'} size={16} decorative />;
  const Icon = ICONS[f.kind];
  return <Icon size={16} aria-hidden />;
}

function FoundName({ f }: { f: Found }) {
  return (
    <>
      {f.kind === 'card' && <code>{f.key}</code>}
      <span>{f.title}</span>
      {f.state === 'archived' && <Archive size={14} role="img" aria-label={t('palette.archived')} />}
      {f.state === 'finished' && <CircleCheck size={14} role="img" aria-label={t('palette.finished')} />}
    </>
  );
}
