import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { styleNonce } from './nonce';
import { schemes, theme } from './theme';

/** The kit, its nonce, and the toasts: bottom, six seconds, three at a time, held while looked at. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
      getStyleNonce={styleNonce}
      deduplicateCssVariables
    >
      {children}
      <Notifications
        position="bottom-center"
        autoClose={6000}
        limit={3}
        pauseResetOnHover="all"
        containerWidth={460}
        transitionDuration={160}
        zIndex={400}
      />
    </MantineProvider>
  );
}
