import { useNavigate, useSearch } from '@tanstack/react-router';
import { InboxPage } from '../../features/notice/InboxPage';

export function InboxRoute() {
  const navigate = useNavigate();
  const { show } = useSearch({ from: '/inside/inbox' });
  return (
    <InboxPage
      which={show === 'all' ? 'all' : 'unread'}
      onWhich={(w) => void navigate({ to: '/inbox', search: w === 'all' ? { show: w } : {}, replace: true })}
    />
  );
}
