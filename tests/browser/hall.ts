/** A server of its own with an exercise made over REST, as somebody who scripts it would, and seats in it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { code } from './totp.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = process.env.DRILLHALL_BIN ?? `${root}target/debug/drillhall`;

type Body = Record<string, unknown>;

/** Somebody with a cookie of their own. */
export class Caller {
  #cookies = new Map<string, string>();
  #keys = 0;

  constructor(
    readonly base: string,
    readonly exercise = '',
    readonly seat = '',
  ) {}

  /** Asks, and fails unless it is granted. */
  async ask<T = Body>(method: string, path: string, body?: Body): Promise<T> {
    const answer = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: { origin: this.base, cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; '), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name) this.#cookies.set(name, value ?? '');
    }
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text || 'null') as T;
  }

  /** Gives a command in the exercise. */
  act(act: Body): Promise<Body> {
    this.#keys += 1;
    return this.ask('POST', this.inside('/commands'), { key: `hall-${this.#keys}`, act });
  }

  inside(rest: string): string {
    return `/exercises/${this.exercise}${rest}${this.seat ? `${rest.includes('?') ? '&' : '?'}seat=${this.seat}` : ''}`;
  }

  /** The same person in an exercise. */
  within(exercise: string): Caller {
    const caller = new Caller(this.base, exercise);
    caller.#cookies = this.#cookies;
    return caller;
  }

  /** Somebody who joins by a link. */
  static async join(base: string, path: string, name: string): Promise<Caller> {
    const [, token] = path.split('#');
    const door = new Caller(base);
    const { exercise, seat } = await door.ask<{ exercise: string; seat: string }>('POST', '/join', { token, name, language: 'en' });
    const caller = new Caller(base, exercise, seat);
    caller.#cookies = door.#cookies;
    return caller;
  }
}

export class Hall {
  private constructor(
    readonly base: string,
    readonly director: Caller,
    private readonly secret: string,
    private readonly server: ChildProcess,
    private readonly data: string,
  ) {}

  /** Starts a server, makes the first account, and an exercise of a scenario. */
  static async open(yaml: string): Promise<Hall> {
    const data = await mkdtemp(join(tmpdir(), 'drillhall-'));
    const server = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--data', data], { cwd: root, env: { ...process.env, DRILLHALL_LOG: 'warn' }, stdio: ['ignore', 'pipe', 'inherit'] });
    let setup: URL | undefined;
    for await (const line of createInterface(server.stdout)) {
      const link = /(http:\S+\/setup#\S+)/.exec(line)?.[1];
      if (link) {
        setup = new URL(link);
        break;
      }
    }
    if (!setup) throw new Error(`${binary} did not say where it serves`);
    const account = new Caller(setup.origin);
    await account.ask('POST', '/setup', { token: setup.hash.slice(1), login: 'director', password: 'a sentence of several words' });
    const { secret } = await account.ask<{ secret: string }>('POST', '/me/totp', {});
    await account.ask('PUT', '/me/totp', { code: code(secret) });
    const { exercise } = await account.ask<{ exercise: string }>('POST', '/exercises', { yaml });
    return new Hall(setup.origin, account.within(exercise), secret, server, data);
  }

  /** Signs the director in on a page, with the second step. */
  async signIn(page: Page): Promise<void> {
    await page.goto(this.base);
    await page.locator('#login').fill('director');
    await page.locator('#password').fill('a sentence of several words');
    await page.getByTestId('sign-in').getByRole('button').click();
    // The code of this moment was taken by enrolling; a clock may be a step ahead.
    await page.getByTestId('second-step').locator('#code').fill(code(this.secret, 1));
    await page.getByTestId('second-step').getByRole('button', { name: 'Sign in' }).click();
  }

  async addTeam(team: string, name: string, language: string): Promise<void> {
    await this.director.ask('POST', this.director.inside('/teams'), { key: team, team, name, language });
  }

  /** Path of a link to join with. */
  async link(role: string, team?: string): Promise<string> {
    const { path } = await this.director.ask<{ path: string }>('POST', this.director.inside('/links'), { role, team: team ?? null, max_uses: 3 });
    return path;
  }

  async seat(role: string, team?: string): Promise<Caller> {
    return Caller.join(this.base, await this.link(role, team), `${role} ${team ?? ''}`.trim());
  }

  async close(): Promise<void> {
    const stopped = once(this.server, 'exit');
    this.server.kill('SIGINT');
    await stopped;
    await rm(this.data, { recursive: true, force: true });
  }
}
