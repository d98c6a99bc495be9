import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// All files share one window.
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  localStorage.clear();
  sessionStorage.clear();
});

// Nobody draws toasts here, and their code may arrive after a test's window is gone.
vi.mock('@mantine/notifications', () => ({ notifications: { show() {}, hide() {}, update() {} } }));

// happy-dom has no layout; Mantine asks for both of these.
Object.defineProperty(window, 'matchMedia', {
  writable: true,
  value: (query: string) => ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
    dispatchEvent: () => false,
  }),
});
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
