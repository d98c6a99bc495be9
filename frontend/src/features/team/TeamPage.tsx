import { Link } from '@tanstack/react-router';
import { Pencil, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { BoardListItem, Person } from '../../api/types';
import { useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { RecordButton } from '../../ui/RecordButton';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { About, AboutForm, Beside } from './About';
import { ChatHook } from './ChatHook';
import { DeviceLinks } from './DeviceLinks';
import { Members } from './Members';
import { t } from './messages';
import { OnCall } from './OnCall';
import './team.css';
import type { TeamDetail } from './types';

export function TeamPage({
  teamId,
  rituals,
  patterns,
}: {
  teamId: string;
  /** When it meets and how to join, and how operations and security stand to it: other rooms' parts of this page. */
  rituals: ReactNode;
  patterns: (team: TeamDetail) => ReactNode;
}) {
  const me = useMe();
  const { data: team, error } = useData<TeamDetail>(`/teams/${teamId}`);
  const { data: people } = useData<{ items: Person[] }>('/people');
  const { data: boards } = useData<{ items: BoardListItem[] }>('/boards');
  const [editing, setEditing] = useState(false);
  if (error && !team) throw error; // the route's error page says it, or that there is nothing here
  if (!team)
    return (
      <div className="page">
        <AfterAWhile>
          <div className="page-in narrow" aria-hidden="true">
            <Bone width={180} height={20} />
          </div>
        </AfterAWhile>
      </div>
    );
  const may = hasRight(me, team.id, 'lead');
  const manager = me.person.role === 'manager';
  const everybody = [...(people?.items ?? [])].sort((a, b) => a.name.localeCompare(b.name));
  const own = boards?.items.filter((b) => b.teamId === team.id) ?? [];
  return (
    <div className="page">
      <PageTitle title={team.name} crumb={<Link to="/teams">{t('team.title')}</Link>} />
      {may && (
        <Top place="action">
          <button type="button" className="btn line" onClick={() => setEditing(true)}>
            <Pencil size={15} aria-hidden />
            {t('team.edit')}
          </button>
        </Top>
      )}
      <div className="page-in narrow">
        <About team={team} may={may} onEdit={() => setEditing(true)} />
        <section className="team-part" aria-labelledby="boards">
          <h2 className="h2" id="boards">
            {t('team.section.boards')}
          </h2>
          <div className="panel">
            {boards && own.length === 0 && <p className="row-a quiet">{t('team.boards.none')}</p>}
            <ul className="rows">
              {own.map((b) => (
                <li key={b.id} className="row-a">
                  <span className="row-main">
                    <Link to="/b/$board" params={{ board: b.id }} className="row-link">
                      {b.name}
                    </Link>
                  </span>
                  <span className="small num quiet">WIP {b.wip}</span>
                </li>
              ))}
            </ul>
            {may && (
              <p className="row-a">
                <Link to="/boards" search={{ new: team.id }} className="btn line sm">
                  <Plus size={15} aria-hidden />
                  {t('team.boards.new')}
                </Link>
              </p>
            )}
          </div>
        </section>
        {rituals}
        <Beside teamId={team.id} />
        <OnCall team={team} people={everybody} />
        {patterns(team)}
        <Members team={team} people={everybody} may={may} />
        {may && <ChatHook teamId={team.id} />}
        {may && <DeviceLinks teamId={team.id} />}
        {(may || manager) && (
          <section className="team-part">
            <RecordButton team={team} />
          </section>
        )}
      </div>
      {editing && <AboutForm team={team} onClose={() => setEditing(false)} />}
    </div>
  );
}
