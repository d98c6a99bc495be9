import { useParams } from '@tanstack/react-router';
import { WorkflowPage } from '../../features/workflow/WorkflowPage';

export function WorkflowRoute() {
  const { board } = useParams({ from: '/inside/b/$board/workflow' });
  return <WorkflowPage key={board} boardId={board} />;
}
