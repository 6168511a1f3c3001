/** Roles on the pages: people of control, the lead's own, a moderator beside the team, a role player's desk. */
import { expect, type Browser, type Page } from '@playwright/test';
import { give, mint } from './act.ts';
import { look } from './look.ts';
import { test } from './server.ts';

test.use({ drill: 'roles' });
test.describe.configure({ mode: 'serial' });

const OUR_TEAM = 'harbour-reach';

let control: Page;
let lead: Page;
let player: Page;
let moderator: Page;
let actor: Page;
const faults: string[] = [];

async function screen(browser: Browser, link: string, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.stack ?? error.message}`));
  await page.goto(link);
  await page.locator('#name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL(/\/(play|control|wall|marking)\//);
  return page;
}

const row = (name: string) => control.getByTestId('people').getByRole('listitem').filter({ hasText: name });

test.beforeAll(async ({ browser, demo }) => {
  control = await screen(browser, demo.facilitator, 'Control');
  lead = await screen(browser, demo.team, 'Ana');
  player = await screen(browser, await mint(control, 'player', OUR_TEAM), 'Ben');
  moderator = await screen(browser, await mint(control, 'team_moderator', OUR_TEAM), 'Mo');
  actor = await screen(browser, await mint(control, 'role_player', null), 'Rosa');
  await expect(lead.getByTestId('stage')).toHaveAttribute('data-stage', 'running', { timeout: 20_000 });
});

test.afterEach(() => {
  expect.soft(faults.splice(0), 'a page has failed inside').toEqual([]);
});

test('control sees who is here, and gives an observer the logs for a while', async ({ browser }) => {
  const observer = await screen(browser, await mint(control, 'observer', null), 'Olu');
  await control.getByRole('button', { name: 'People', exact: true }).first().click();
  await expect(row('Ben')).toContainText('connected');
  await row('Olu').getByRole('button', { name: /^Change/ }).click();
  const dialog = control.getByRole('dialog');
  await dialog.getByLabel('logs of the teams').check();
  await dialog.getByLabel('Own organisation or country').fill('Isla Norte');
  await dialog.getByRole('button', { name: 'Give the role' }).click();
  await expect(row('Olu')).toContainText('logs of the teams');
  await expect(row('Olu')).toContainText('Isla Norte');
  await look(control, 'roles-people');
  await row('Olu').getByRole('button', { name: /^Change/ }).click();
  await dialog.getByLabel('Role').selectOption('facilitator');
  await dialog.getByRole('button', { name: 'Give the role' }).click();
  // The page follows the role.
  await observer.waitForURL(/\/control\//);
});

test('a moderator holds and releases what comes to the own team', async () => {
  const waits = { id: 'local', kind: 'task', trigger: { on: 'manual' }, audience: { teams: [OUR_TEAM] }, priority: 'should', content: { title: { en: 'A local call' }, body: { en: 'The port calls.' }, channel: 'phone', from: null, attachments: [], form: null, for_guests: null }, staff: { notes: { en: '' }, expected: [{ en: 'Call back' }], objectives: [], responsible: null, keys: {}, samples: [], hints: [] } };
  await give(control, { type: 'add_inject', inject: waits, release: false });
  await moderator.getByRole('button', { name: 'To come' }).first().click();
  const mine = moderator.locator('[data-inject="local"]');
  await expect(mine).toContainText('A local call');
  // From the top: what lies under the bar of tabs is no target.
  await moderator.getByRole('heading', { name: 'To come' }).scrollIntoViewIfNeeded();
  await look(moderator, 'roles-moderator');
  await mine.getByRole('button', { name: 'Hold' }).click();
  await moderator.getByRole('dialog').getByLabel('Reason').fill('Lunch');
  await moderator.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  await expect(mine).toContainText('held');
  await mine.getByRole('button', { name: 'Release' }).click();
  await moderator.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
  await expect(lead.getByTestId('inbox-local')).toBeVisible({ timeout: 30_000 });
  await moderator.locator('[data-note]').fill('Calm on the phone');
  await moderator.getByRole('button', { name: 'Add the note' }).click();
  await expect(moderator.getByTestId('notes')).toContainText('Calm on the phone');
});

test('a role player has a desk for what the own simulated senders say', async () => {
  await actor.getByRole('button', { name: 'To come' }).first().click();
  await expect(actor.getByTestId('coming')).toBeVisible();
  await look(actor, 'roles-actor');
});

test('a lead hands the team over and back, and removes a player', async () => {
  await lead.getByRole('button', { name: 'Situation' }).first().click();
  const people = lead.getByTestId('team-people');
  await people.getByRole('button', { name: 'Make lead Ben' }).click();
  await lead.getByRole('dialog').getByRole('button', { name: 'Make lead' }).click();
  await player.getByRole('button', { name: 'Situation' }).first().click();
  const now = player.getByTestId('team-people');
  await expect(now.getByRole('button', { name: 'Make lead Ana' })).toBeVisible();
  await now.getByRole('button', { name: 'Make lead Ana' }).click();
  await player.getByRole('dialog').getByRole('button', { name: 'Make lead' }).click();
  await lead.getByRole('button', { name: 'Situation' }).first().click();
  await expect(people.getByRole('button', { name: 'Remove Ben' })).toBeVisible();
  await look(lead, 'roles-lead');
  await people.getByRole('button', { name: 'Remove Ben' }).click();
  await lead.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(player.getByRole('heading', { name: 'This place is not yours' })).toBeVisible();
});
