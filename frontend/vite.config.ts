import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.TRESTLE_DEV_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'baseline-widely-available',
    assetsInlineLimit: 0, // no data: addresses, so that font-src and img-src 'self' are enough
    chunkSizeWarningLimit: 260,
    manifest: true, // tools/size.mjs reads which files the first view of the board needs
    rolldownOptions: {
      output: {
        advancedChunks: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'router', test: /node_modules[\\/]@tanstack[\\/](react-router|router-core|history|store|react-store)[\\/]/ },
          ],
        },
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
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test-setup.ts'],
  },
});
