/** A demo of its own for the tests: started on a free port, stopped as a person would with Ctrl-C. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';

export interface Demo {
  facilitator: string;
  team: string;
  wall: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = process.env.DRILLHALL_BIN ?? `${root}target/debug/drillhall`;

interface Options {
  /** Whose demo it is: each file of tests has one of its own, for what one does ends the other's play. */
  drill: string;
  /** How many times faster than real time the drill runs. */
  speed: string;
}

export const test = base.extend<object, { demo: Demo } & Options>({
  drill: ['', { option: true, scope: 'worker' }],
  // Fast enough that something happens while the tests look on, slow enough to answer before a deadline.
  speed: ['6', { option: true, scope: 'worker' }],
  demo: [
    async ({ speed }, use) => {
      const server = spawn(binary, ['demo', '--json', '--listen', '127.0.0.1:0', '--speed', speed], {
        cwd: root,
        env: { ...process.env, DRILLHALL_LOG: 'warn' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const stopped = once(server, 'exit');
      const links = await Promise.race([once(createInterface(server.stdout), 'line'), stopped]);
      if (server.exitCode !== null) throw new Error(`${binary} ended at once, with code ${server.exitCode}`);
      await use(JSON.parse(String(links[0])) as Demo);
      server.kill('SIGINT');
      const [code] = await stopped;
      if (code !== 0) throw new Error(`the demo did not stop cleanly: ${code}`);
    },
    { scope: 'worker' },
  ],
});
