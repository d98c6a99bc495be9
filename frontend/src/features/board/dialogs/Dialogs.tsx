import { Suspense } from 'react';
import { lazyPart } from '../../../lib/lazy';
import { useUi } from '../context';
import { BlockDialog } from './BlockDialog';
import { ClassDialog } from './ClassDialog';
import { ReasonDialog } from './ReasonDialog';

// Few open these, and rarely: they are not part of the first view.
const ColumnDialog = lazyPart(() => import('./ColumnDialog').then((m) => m.ColumnDialog));
const RemoveColumnDialog = lazyPart(() => import('./ColumnDialog').then((m) => m.RemoveColumnDialog));
const SettingsDialog = lazyPart(() => import('./SettingsDialog').then((m) => m.SettingsDialog));

const ArchivedDialog = lazyPart(() => import('./ArchivedDialog').then((m) => m.ArchivedDialog));

/** The one dialog that may be open on the board. */
export function Dialogs() {
  const d = useUi((u) => u.dialog);
  if (!d) return null;
  switch (d.kind) {
    case 'reason':
      return <ReasonDialog key={d.cardKey} ask={d} />;
    case 'class':
      return <ClassDialog cardKey={d.cardKey} answer={d.answer} />;
    case 'block':
      return <BlockDialog id={d.id} />;
    case 'column':
      return (
        <Suspense>
          <ColumnDialog id={d.id} afterId={d.afterId} />
        </Suspense>
      );
    case 'removeColumn':
      return (
        <Suspense>
          <RemoveColumnDialog id={d.id} />
        </Suspense>
      );
    case 'settings':
      return (
        <Suspense>
          <SettingsDialog />
        </Suspense>
      );
    case 'archived':
      return (
        <Suspense>
          <ArchivedDialog />
        </Suspense>
      );
  }
}
