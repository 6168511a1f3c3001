/** Acts of control over the same routes as automation uses, from a page that has a seat there. */
import { expect, type Page } from '@playwright/test';

/** Gives a command from the seat that the page's address names. */
export async function give(page: Page, act: Record<string, unknown>): Promise<void> {
  const answer = await post(page, '/commands', { key: `browser-${crypto.randomUUID()}`, act });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

/** A link to join with; an address of the page's own server. */
export async function mint(page: Page, role: string, team: string | null): Promise<string> {
  const { status, body } = await post(page, '/links', { role, team, label: 'browser test', max_uses: 3, expires_at: null });
  expect(status, JSON.stringify(body)).toBe(201);
  return new URL((body as { path: string }).path, page.url()).href;
}

/** Everything that the page's seat may see. */
export async function cards(page: Page): Promise<{ key: string; card: Record<string, unknown> }[]> {
  return page.evaluate(async () => {
    const [, , exercise, seat] = location.pathname.split('/');
    const answer = await fetch(`/api/v1/exercises/${exercise}/snapshot?seat=${seat}`);
    return ((await answer.json()) as { cards: { key: string; card: Record<string, unknown> }[] }).cards;
  });
}

async function post(page: Page, path: string, body: unknown): Promise<{ status: number; body: unknown }> {
  return page.evaluate(
    async ([path, body]) => {
      const [, , exercise, seat] = location.pathname.split('/');
      const answer = await fetch(`/api/v1/exercises/${exercise}${path as string}?seat=${seat}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as unknown };
    },
    [path, body],
  );
}

/** Adds such an inject and sends it at once. */
export async function send(page: Page, id: string, title: string): Promise<void> {
  await sendWhole(page, adHoc(id, title));
}

/** Adds an inject of the test's own and sends it at once. */
export async function sendWhole(page: Page, inject: { id: unknown } & Record<string, unknown>): Promise<void> {
  await give(page, { type: 'add_inject', inject, release: false });
  await give(page, { type: 'release', inject: inject.id, teams: null, grace: false });
}

/** An inject that is not in the plan, with one field and one hint. */
function adHoc(id: string, title: string): { id: string } & Record<string, unknown> {
  return {
    id,
    kind: 'task',
    trigger: { on: 'manual' },
    audience: 'all',
    priority: 'should',
    content: {
      title: { en: title },
      body: { en: 'Say what you do.' },
      channel: 'mail',
      from: null,
      attachments: [],
      form: {
        acknowledge: true,
        target: null,
        deadline: 3_600_000,
        fields: [{ id: 'what', label: { en: 'What you do' }, help: null, required: true, points: 10, kind: { type: 'long_text', max_chars: 500 } }],
        hints: [{ id: 'first', label: { en: 'Where to begin' }, price_permille: 100 }],
      },
      for_guests: null,
    },
    staff: {
      notes: { en: '' },
      expected: [],
      objectives: [],
      responsible: null,
      keys: {},
      samples: [],
      hints: [{ id: 'first', text: { en: 'Begin with the **gateway**.' } }],
    },
  };
}
