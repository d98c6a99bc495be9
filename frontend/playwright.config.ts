import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const MEASURING = /budgets\.spec/;

/** The same engine without Chromium's own windows and toolbars costs two thirds of the processor time. */
const BROWSERS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Tests run against bin/trestle, one fresh server per test, in the machine's own Chromium. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/template.ts',
  // every test has its own server, so they run side by side; what measures runs alone, afterwards
  workers: 2,
  fullyParallel: true,
  projects: [
    { name: 'behaviour', testIgnore: MEASURING },
    { name: 'measured', testMatch: MEASURING, dependencies: ['behaviour'], workers: 1 },
  ],
  timeout: 60_000,
  expect: { timeout: 8_000 },
  // a machine that is busy with something else may miss a deadline once; what fails twice is broken
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    reducedMotion: 'reduce',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? BROWSERS.find(existsSync),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
