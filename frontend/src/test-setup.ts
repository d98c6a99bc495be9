import { vi } from 'vitest';

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
