import { lazyPart } from '../../../lib/lazy';
import type { BoardDialog } from '../ui-state';

/** The questions that a change may raise. */
export const asks = () => import('./asks');
const ReasonDialog = lazyPart(() => asks().then((m) => m.ReasonDialog));
const ClassDialog = lazyPart(() => asks().then((m) => m.ClassDialog));
const BlockDialog = lazyPart(() => asks().then((m) => m.BlockDialog));

// Few open these, and rarely: they are not part of the first view.
const ColumnDialog = lazyPart(() => import('./ColumnDialog').then((m) => m.ColumnDialog));
const RemoveColumnDialog = lazyPart(() => import('./ColumnDialog').then((m) => m.RemoveColumnDialog));
const SettingsDialog = lazyPart(() => import('./SettingsDialog').then((m) => m.SettingsDialog));

const ArchiveBoardDialog = lazyPart(() => import('./ArchiveBoard').then((m) => m.ArchiveBoardDialog));
const NothingDialog = lazyPart(() => import('../queue/NothingDialog').then((m) => m.NothingDialog));
const TriageDialog = lazyPart(() => import('../triage/TriageDialog').then((m) => m.TriageDialog));
const ArchivedDialog = lazyPart(() => import('./ArchivedDialog').then((m) => m.ArchivedDialog));

const TemplateDialog = lazyPart(() => import('./TemplateDialog').then((m) => m.TemplateDialog));

/** Which one it is. */
export function OneDialog({ d }: { d: BoardDialog }) {
  switch (d.kind) {
    case 'reason':
      return <ReasonDialog key={d.cardKey} ask={d} />;
    case 'class':
      return <ClassDialog cardKey={d.cardKey} answer={d.answer} />;
    case 'block':
      return <BlockDialog id={d.id} />;
    case 'triage':
      return <TriageDialog id={d.id} verb={d.verb} />;
    case 'column':
      return <ColumnDialog id={d.id} afterId={d.afterId} />;
    case 'removeColumn':
      return <RemoveColumnDialog id={d.id} />;
    case 'settings':
      return <SettingsDialog />;
    case 'archived':
      return <ArchivedDialog />;
    case 'archiveBoard':
      return <ArchiveBoardDialog />;
    case 'nothing':
      return <NothingDialog text={d.text} cards={d.cards} />;
    case 'template':
      return <TemplateDialog columnId={d.columnId} title={d.title} />;
  }
}
