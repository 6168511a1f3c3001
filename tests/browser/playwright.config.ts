import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** Where a system's own Chromium is found; none is downloaded. */
const CHROMIUM = [process.env.DRILLHALL_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export default defineConfig({
  testDir: '.',
  outputDir: 'results/traces',
  reporter: 'list',
  forbidOnly: Boolean(process.env.CI),
  workers: 1,
  // Longer than anything takes on two cores that do something else besides.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  use: {
    // A page that does not answer is told at once, not when the whole test has run out of time.
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    locale: 'en-GB',
    timezoneId: 'America/Port_of_Spain',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: CHROMIUM.find((path) => path && existsSync(path)),
      args: [
        '--headless',
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
