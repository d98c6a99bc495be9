import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { groups } from './tools/chunks.ts';
import { icons } from './tools/icons.ts';
import { draws, mermaid } from './tools/mermaid.ts';

const server = process.env.TRESTLE_DEV_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), icons(), mermaid()],
  build: {
    target: 'baseline-widely-available',
    assetsInlineLimit: 0, // no data: addresses, so that font-src and img-src 'self' are enough
    chunkSizeWarningLimit: 260,
    manifest: true, // tools/size.mjs reads which files a first view needs
    rolldownOptions: {
      output: {
        codeSplitting: { groups },
        chunkFileNames: ({ name, moduleIds }) =>
          `assets/${moduleIds.some(draws) ? 'drawing' : name.replace(/~.*/, '')}-[hash].js`,
      },
    },
  },
  server: {
    proxy: {
      '/api/v1/live': { target: server.replace(/^http/, 'ws'), ws: true },
      '/api': server,
      '/healthz': server,
    },
  },
  test: {
    environment: 'happy-dom',
    // one window for all files, which each leaves as it found it: a window for each took four fifths of the time
    pool: 'threads',
    isolate: false,
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test-setup.ts'],
  },
});
