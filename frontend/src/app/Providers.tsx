import { MantineProvider } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { styleNonce } from './nonce';
import { schemes, theme } from './theme';

// Toasts are fetched at once but not waited for; what is said before they are here is shown when they are.
const Toaster = lazy(() => import('./Toaster'));

/** The kit, its nonce, and the toasts. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
      getStyleNonce={styleNonce}
    >
      {children}
      <Suspense fallback={null}>
        <Toaster />
      </Suspense>
    </MantineProvider>
  );
}
