import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BoardListItem } from '../../../api/types';
import { useData } from '../../../lib/data';
import { PageTitle, Top } from '../../../lib/page';
import { Loaded } from '../../../ui/Loaded';
import '../flow.css';
import { t } from '../messages';

/** Every board whose flow one may see. */
export function FlowHome({ state }: { state?: ReactNode }) {
  const query = useData<{ items: BoardListItem[] }>('/boards');
  return (
    <div className="page">
      <PageTitle title={t('fl.flow')} />
      <Top place="state">{state}</Top>
      <div className="page-in narrow">
        <Loaded query={query}>
          {({ items }) => (
            <ul className="panel rows">
              {items.map((b) => (
                <li key={b.id} className="row-a">
                  <Link className="row-main" to="/b/$board/flow" params={{ board: b.id }}>
                    {b.name}
                    <small>{b.teamKey}</small>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </div>
    </div>
  );
}
