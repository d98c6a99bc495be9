import { createTheme, localStorageColorSchemeManager } from '@mantine/core';

/** The kit's theme only says what our tokens cannot: everything else is mapped in styles/mantine.css. */
export const theme = createTheme({
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

// The same key is read by the script in index.html before the first paint.
export const schemes = localStorageColorSchemeManager({ key: 'trestle.theme' });
