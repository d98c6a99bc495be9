import { Link } from '@tanstack/react-router';
import { Archive, CircleCheck, KanbanSquare, UserRound, UsersRound } from 'lucide-react';
import { DiscIcon } from '../../ui/DiscIcon';
import { marked } from './marks';
import { t } from './messages';
import type { Item } from './types';

function Marked({ text, asked }: { text: string; asked: string }) {
  let at = 0;
  return marked(text, asked).map((p) => {
    const key = at;
    at += p.text.length;
    return p.hit ? <mark key={key}>{p.text}</mark> : <span key={key}>{p.text}</span>;
  });
}

const ICONS = { board: KanbanSquare, team: UsersRound, person: UserRound } as const;

/** One thing that was found: what it is, where it is, and where the words were. */
export function Row({ item, asked }: { item: Item; asked: string }) {
  const { kind, state } = item;
  const Icon = kind === 'card' ? undefined : ICONS[kind];
  const where =
    kind === 'card'
      ? [item.teamName, item.boardName, item.columnName]
      : kind === 'board'
        ? [t('search.one.board'), item.teamName]
        : kind === 'team'
          ? [t('search.one.team'), item.key]
          : [t('search.one.person'), t('search.cardsOf')];
  return (
    <li className="row-a search-row" data-state={state}>
      <span className="search-icon">
        {Icon ? (
          <Icon size={18} aria-hidden />
        ) : (
          <DiscIcon d={(item.discipline ?? 'other') as Parameters<typeof DiscIcon>[0]['d']} size={18} />
        )}
      </span>
      <span className="row-main">
        <Link to={item.link} className="row-link" data-result>
          {kind === 'card' && <code className="search-key">{item.key}</code>}
          <Marked text={item.title} asked={asked} />
        </Link>
        {item.snippet && (
          <span className="search-snippet">
            {item.in && <span className="search-in">{t(`search.in.${item.in}`)}: </span>}
            <Marked text={item.snippet} asked={asked} />
          </span>
        )}
        <small>{where.filter(Boolean).join(' · ')}</small>
      </span>
      {(state === 'finished' || state === 'archived') && (
        <span className="pill">
          {state === 'finished' ? <CircleCheck size={13} aria-hidden /> : <Archive size={13} aria-hidden />}
          {t(`search.state.${state}`)}
        </span>
      )}
    </li>
  );
}
