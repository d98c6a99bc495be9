import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { safeNext } from '../../features/account/checks';
import { InvitePage } from '../../features/account/InvitePage';
import { NoMailPage } from '../../features/account/NoMailPage';
import { SetUpPage } from '../../features/account/SetUpPage';
import { SignInPage } from '../../features/account/SignInPage';
import { router } from '../router';

export function SignInRoute() {
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/sign-in' });
  const onIn = useCallback(() => router.history.replace(safeNext(next)), [next]);
  const onSetUp = useCallback(() => void navigate({ to: '/set-up', replace: true }), [navigate]);
  return <SignInPage onIn={onIn} onSetUp={onSetUp} />;
}

export function SetUpRoute() {
  const navigate = useNavigate();
  const onIn = useCallback(() => void navigate({ to: '/', replace: true }), [navigate]);
  const onDone = useCallback(() => void navigate({ to: '/sign-in', replace: true }), [navigate]);
  return <SetUpPage onIn={onIn} onDone={onDone} />;
}

export function InviteRoute() {
  const navigate = useNavigate();
  // Read once: the fragment may be `#token` or `#token=…`.
  const [token] = useState(() => {
    const hash = decodeURIComponent(window.location.hash.slice(1));
    return hash.startsWith('token=') ? hash.slice(6) : hash;
  });
  const onIn = useCallback(() => void navigate({ to: '/', replace: true, hash: '' }), [navigate]);
  return <InvitePage token={token} onIn={onIn} signIn={() => void navigate({ to: '/sign-in', hash: '' })} />;
}

export function NoMailRoute() {
  const [token] = useState(() => window.location.hash.slice(1));
  return <NoMailPage token={token} />;
}
