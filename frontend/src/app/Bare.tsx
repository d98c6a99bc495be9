import { Outlet } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { listenForKeys } from '../lib/keys';
import { useOwnKeys } from '../lib/keys/setting';
import { lazyPart } from '../lib/lazy';
import { Announcer } from './Announcer';

const Toaster = lazyPart(() => import('./Toaster').then((m) => m.default));

/** A frame without rail and top bar: for what fills a wall or a hand. */
export function Bare() {
  useOwnKeys();
  useEffect(listenForKeys, []);
  return (
    <>
      <Outlet />
      <section aria-label="Trestle">
        <Announcer />
        <div id="portals" />
        <Suspense fallback={null}>
          <Toaster />
        </Suspense>
      </section>
    </>
  );
}
