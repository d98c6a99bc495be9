import { Link, Navigate } from '@tanstack/react-router';
import { KanbanSquare } from 'lucide-react';
import { PageTitle } from '../../lib/page';
import { EmptyState } from '../../ui/EmptyState';
import { useTeamBoards, useThisScreen } from './context';
import { t } from './messages';

/** The team's only board at once, or a choice. */
export function ScreenBoards() {
  const { teamName } = useThisScreen();
  const { boards, error } = useTeamBoards();
  if (error && !boards) throw error;
  const only = boards?.length === 1 ? boards[0] : undefined;
  if (only) return <Navigate to="/screen/$board" params={{ board: only.id }} replace />;
  return (
    <div className="page">
      <PageTitle title={t('screen.boards', { team: teamName })} />
      <div className="page-in narrow">
        {boards?.length === 0 && (
          <EmptyState icon={<KanbanSquare size={28} />} title={t('screen.noBoard', { team: teamName })}>
            {t('screen.noBoard.text')}
          </EmptyState>
        )}
        {boards && boards.length > 1 && (
          <ul className="panel rows">
            {boards.map((b) => (
              <li key={b.id} className="row-a">
                <span className="row-main">
                  <Link to="/screen/$board" params={{ board: b.id }} className="row-link">
                    {b.name}
                  </Link>
                </span>
                <span className="small num quiet">{t('screen.facts', { n: b.wip })}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
