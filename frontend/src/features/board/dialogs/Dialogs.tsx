import { lazy, Suspense } from 'react';
import { useUi } from '../context';
import { BlockDialog } from './BlockDialog';
import { ClassDialog } from './ClassDialog';
import { ReasonDialog } from './ReasonDialog';

// Only leads open these, and rarely: they are not part of the first view.
const ColumnDialog = lazy(() => import('./ColumnDialog').then((m) => ({ default: m.ColumnDialog })));
const RemoveColumnDialog = lazy(() =>
  import('./ColumnDialog').then((m) => ({ default: m.RemoveColumnDialog })),
);
const SettingsDialog = lazy(() => import('./SettingsDialog').then((m) => ({ default: m.SettingsDialog })));

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
  }
}
