/** Looking back on a drill that four simulated teams have played: any moment, any role, from the report. */
import { expect, type Browser, type Page } from '@playwright/test';
import { look, speak } from './look.ts';
import { test } from './server.ts';

test.describe.configure({ mode: 'serial' });
// A drill of its own, soon over: nobody has to answer in time.
test.use({ drill: 'replay', speed: '60' });

let team: Page;
let control: Page;

const faults: string[] = [];

async function screen(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.stack ?? error.message}`));
  return page;
}

async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.locator('#name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
}

const slider = (page: Page) => page.getByTestId('replay-slider');
const replay = (page: Page) => page.getByTestId('replay');
const inbox = (page: Page) => replay(page).getByTestId('inbox').getByRole('listitem');
const still = (page: Page) => expect(replay(page)).toHaveAttribute('data-waiting', 'false');

async function press(page: Page, key: string): Promise<void> {
  await slider(page).press(key);
  await still(page);
}

test.beforeAll(async ({ browser }) => {
  [team, control] = [await screen(browser), await screen(browser)];
});

test.afterEach(() => {
  expect.soft(faults.splice(0), 'a page has failed inside').toEqual([]);
});

test('a drill is played and ends', async ({ demo }) => {
  await join(team, demo.team, 'Ana');
  await expect(team.getByTestId('inbox').getByRole('listitem').first()).toBeVisible({ timeout: 10_000 });
  await join(control, demo.facilitator, 'Control');
  // Some teams have answered something.
  await expect(control.getByTestId('board').locator('[data-state="answered"]').nth(3)).toBeVisible({ timeout: 30_000 });
  await control.getByRole('button', { name: 'EndEx', exact: true }).click();
  await control.getByRole('dialog').getByRole('button', { name: 'EndEx', exact: true }).click();
  await control.getByRole('link', { name: 'After-action report' }).click();
  await expect(control).toHaveURL(/\/report\//);
});

test('staff see the page of a team at every moment, with the keyboard alone', async () => {
  await control.getByRole('button', { name: 'Open the replay' }).press('Enter');
  await expect(replay(control)).toContainText('REPLAY');
  await expect(replay(control)).toContainText('Team lead');
  await still(control);
  await expect(control.getByTestId('exercise-band')).toContainText('EXERCISE');
  await press(control, 'Home');
  await expect(inbox(control)).toHaveCount(0);
  await press(control, 'End');
  const all = await inbox(control).count();
  expect(all).toBeGreaterThan(1);
  await expect(replay(control).getByTestId('stage')).toHaveAttribute('data-stage', 'ended');
  await expect(replay(control).getByTestId('official-answer').or(replay(control).getByTestId('inject')).first()).toBeVisible();
  await press(control, 'Home');
  for (let steps = 0; (await inbox(control).count()) === 0; steps += 1) {
    expect(steps, 'a message comes at some mark').toBeLessThan(60);
    await press(control, 'ArrowRight');
  }
  await expect(control.getByTestId('replay-mark')).toContainText('Inject released');
  await expect(slider(control)).toHaveAttribute('aria-valuetext', /UTC, Inject released/);
  expect(await inbox(control).count()).toBeLessThan(all);
  await press(control, 'ArrowLeft');
  await expect(inbox(control)).toHaveCount(0);
  await expect(replay(control).getByRole('textbox'), 'nothing can be written in the past').toHaveCount(0);
});

test('time passes again, as fast as wanted', async () => {
  await press(control, 'Home');
  await replay(control).getByLabel('Speed').selectOption('60');
  const time = control.getByTestId('replay-time');
  const before = (await time.textContent()) ?? '';
  await replay(control).getByRole('button', { name: 'Play' }).click();
  await expect(time).not.toHaveText(before);
  await expect(inbox(control).first()).toBeVisible();
  await press(control, 'Home');
  await expect(replay(control).getByRole('button', { name: 'Play' }), 'a step holds it').toBeVisible();
});

test('other eyes see other things: the wall, the board of control, another team', async () => {
  await press(control, 'End');
  await control.getByLabel('Seen as').selectOption('observer');
  await expect(replay(control).getByTestId('wall-clock')).toBeVisible();
  await look(control, 'replay-wall');
  await control.getByLabel('Seen as').selectOption('facilitator');
  await expect(replay(control).getByTestId('board').locator('[data-state="answered"]').nth(3)).toBeVisible();
  await press(control, 'Home');
  await expect(replay(control).getByTestId('board').locator('[data-state="answered"]')).toHaveCount(0);
  await press(control, 'End');
  await look(control, 'replay-board');
  await control.getByLabel('Seen as').selectOption('player');
  await control.locator('[data-testid="replay-section"] select').nth(1).selectOption('saint-aurelle');
  await expect(replay(control)).toContainText('Saint Aurelle');
  await speak(control, 'fr');
  await expect(replay(control)).toContainText('RELECTURE');
  await speak(control, 'en');
});

test('a team looks back on what it saw itself, and has nobody else to choose', async () => {
  await team.getByRole('link', { name: 'Play is over' }).click();
  await expect(team).toHaveURL(/\/after\//);
  await team.getByRole('button', { name: 'Reports', exact: true }).click();
  await team.getByRole('button', { name: 'Open the replay' }).click();
  await expect(replay(team)).toContainText('Harbour Reach');
  await expect(team.getByLabel('Seen as')).toHaveCount(0);
  await press(team, 'End');
  await expect(inbox(team).first()).toBeVisible();
  await expect(team.getByTestId('exercise-band')).toContainText('EXERCISE');
  await look(team, 'replay-own');
});
