import { useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ChecklistPage } from '../../features/checklist/ChecklistPage';
import { useMe } from '../../lib/session';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { Faces } from '../Faces';
import { LiveState } from '../LiveState';

function Connected({ children }: { children: (state: ReactNode) => ReactNode }) {
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      {children(<LiveState connection={connection} />)}
    </>
  );
}

export function ChecklistRoute() {
  const { checklist } = useParams({ from: '/inside/checklists/$checklist' });
  const { item } = useSearch({ from: '/inside/checklists/$checklist' });
  const { person } = useMe();
  return (
    <Connected>
      {(state) => (
        <ChecklistPage
          key={checklist}
          id={checklist}
          item={item}
          state={state}
          faces={(people) => <Faces people={people} me={person.id} />}
        />
      )}
    </Connected>
  );
}
