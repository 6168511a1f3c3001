/** What is left when the line goes and somebody loads the page again: the page, the numbers to phone, the last board. */
import { expect, type Page } from '@playwright/test';
import { test } from './server.ts';

test.use({ drill: 'offline' });

async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.locator('#name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL(/\/(play|control)\//);
}

/** Paths that the browser keeps, once it keeps a page whole. */
async function kept(page: Page, chunk: RegExp): Promise<string[]> {
  const paths = () =>
    page.evaluate(async () => {
      const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map((request) => new URL(request.url).pathname);
    });
  await expect.poll(async () => (await paths()).some((path) => chunk.test(path)), { timeout: 20_000 }).toBe(true);
  return paths();
}

for (const [who, chunk, shown] of [['facilitator', /ControlPage/, 'board'], ['team', /TeamPage/, 'inbox']] as const) {
  test(`a page of ${who} that is loaded again without a line shows whom to phone and what it showed last`, async ({ browser, demo }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await join(page, demo[who], 'Ana');
    await expect(page.getByTestId(shown)).toContainText(/\w/);
    expect((await kept(page, chunk)).filter((path) => path.startsWith('/api/'))).toEqual([]);
    await expect(page.getByTestId('old')).toHaveCount(0);

    await context.setOffline(true);
    await page.reload();
    await expect(page.getByTestId('old')).toContainText(/This is how it stood at \d\d:\d\d:\d\d UTC/, { timeout: 20_000 });
    await expect(page.getByTestId('old').getByTestId('noduff-contacts').getByRole('listitem').first()).toBeVisible();
    await expect(page.getByTestId(shown)).toContainText(/\w/);

    await context.setOffline(false);
    await expect(page.getByTestId('old')).toHaveCount(0, { timeout: 30_000 });
    await context.close();
  });
}
