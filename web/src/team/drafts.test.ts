import { beforeEach, describe, expect, it } from 'vitest';
import { TeamDraft, type Means, type Shared } from './drafts';

const stored = new Map<string, string>();
Object.defineProperty(globalThis, 'localStorage', {
  configurable: true,
  value: { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value), removeItem: (key: string) => void stored.delete(key) },
});
beforeEach(() => stored.clear());

/** A server with one draft, a line that may be down, and a clock that stands. */
class Server {
  draft: Shared = { version: 0 };
  down = false;
  now = 1_000;
  tasks: (() => void)[] = [];
  told: Shared[] = [];
  taken: boolean[] = [];

  open(person = 'ana'): TeamDraft {
    const reach = <T>(answer: () => T) => (this.down ? Promise.reject(new Error('down')) : Promise.resolve(answer()));
    const means: Means = {
      load: () => reach(() => ({ ...this.draft })),
      save: (answers, base) =>
        reach(() => {
          const before = this.draft;
          this.draft = { version: before.version + 1, answers, by: person, name: person, at: this.now };
          return { version: this.draft.version, at: this.now, overwrote: base === before.version ? null : before };
        }),
      drop: () => reach(() => (this.draft = { version: this.draft.version + 1, answers: null, by: person, at: this.now })),
      now: () => this.now,
      after: (_milliseconds, task) => {
        this.tasks.push(task);
        return () => (this.tasks = this.tasks.filter((one) => one !== task));
      },
    };
    return new TeamDraft('seat', 'call', means, (shared) => this.told.push(shared), (taken) => this.taken.push(taken));
  }
  async rest(): Promise<void> {
    const tasks = this.tasks.splice(0);
    for (const task of tasks) task();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }
  wrote(text: string, at: number): void {
    this.draft = { version: this.draft.version + 1, answers: { f: { text } }, by: 'bo', name: 'Bo', at };
  }
}

describe('a draft', () => {
  it('says whether the team has it', async () => {
    const server = new Server();
    const draft = server.open();
    server.down = true;
    draft.typed({ f: { text: 'on' } });
    await server.rest();
    expect(server.taken).toEqual([false]);
    server.down = false;
    await server.rest();
    expect(server.taken).toEqual([false, true]);
  });
  it('is kept here at once and for the team after a rest', async () => {
    const server = new Server();
    const draft = server.open();
    draft.typed({ f: { text: 'a' } });
    draft.typed({ f: { text: 'ab' } });
    expect(server.open().drafts).toEqual({ f: { text: 'ab' } });
    expect(server.draft.version).toBe(0);
    await server.rest();
    expect(server.draft).toMatchObject({ version: 1, answers: { f: { text: 'ab' } } });
  });

  it('waits for the line, and is not lost with the page', async () => {
    const server = new Server();
    server.down = true;
    server.open().typed({ f: { text: 'offline' } });
    await server.rest();
    expect(server.draft.version).toBe(0);
    server.down = false;
    const again = server.open();
    expect(await again.meet()).toBeNull();
    await server.rest();
    expect(server.draft.answers).toEqual({ f: { text: 'offline' } });
  });

  it('gives way to a newer one of a colleague, and says whose it is', async () => {
    const server = new Server();
    const draft = server.open();
    draft.typed({ f: { text: 'mine' } });
    await server.rest();
    server.wrote('theirs', 2_000);
    expect(await server.open().meet()).toEqual({ f: { text: 'theirs' } });
    expect(server.told).toMatchObject([{ name: 'Bo' }]);
  });

  it('stands against an older one, and tells of it', async () => {
    const server = new Server();
    server.wrote('theirs', 500);
    server.open().typed({ f: { text: 'mine' } });
    const again = server.open();
    expect(await again.meet()).toBeNull();
    await server.rest();
    expect(server.draft.answers).toEqual({ f: { text: 'mine' } });
    expect(server.told[0]).toMatchObject({ name: 'Bo', answers: { f: { text: 'theirs' } } });
  });

  it('goes when a colleague has sent the answer, unless something was typed since', async () => {
    const server = new Server();
    const draft = server.open();
    draft.typed({ f: { text: 'mine' } });
    await server.rest();
    server.draft = { version: 2, answers: null, by: 'bo', at: 2_000 };
    const again = server.open();
    expect(await again.meet()).toBeNull();
    expect(again.drafts).toBeNull();
    again.typed({ f: { text: 'more' } });
    expect(await again.meet()).toBeNull();
    expect(again.drafts).toEqual({ f: { text: 'more' } });
  });

  it('leaves nothing behind when it is dropped', async () => {
    const server = new Server();
    const draft = server.open();
    draft.typed({ f: { text: 'mine' } });
    draft.drop();
    await server.rest();
    expect(server.open().drafts).toBeNull();
    expect(server.draft.answers).toBeNull();
  });
});
