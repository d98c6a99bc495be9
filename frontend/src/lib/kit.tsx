import { createTheme, type MantineColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import './kit.css';
import { styleNonce } from './nonce';
import { shownScheme, useShownScheme } from './scheme';

/** The kit's theme only says what our tokens cannot: everything else is mapped in kit.css. */
const theme = createTheme({
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-mono)',
  cursorType: 'pointer',
  respectReducedMotion: true,
  defaultRadius: 'md',
  components: {
    // Menus open inside the main region, so that nothing on the page lies outside of a landmark.
    Popover: { defaultProps: { portalProps: { target: '#portals' } } },
    // The kit's unseen first stop of the focus is not allowed inside role=menu.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  },
});

/** lib/scheme decides; the kit only follows. */
const follower: MantineColorSchemeManager = {
  get: shownScheme,
  set: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {},
};

/**
 * The kit (Mantine), with our theme and the nonce of this page. The first view of a board does without it: it comes
 * around every lazy page and part, see lib/lazy and app/lazy.
 */
export function Kit({ children }: { children?: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={follower}
      forceColorScheme={useShownScheme()}
      withCssVariables={false}
      withGlobalClasses={false}
      getStyleNonce={styleNonce}
    >
      {children}
    </MantineProvider>
  );
}
