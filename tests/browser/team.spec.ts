/** What a team sees of control's work with time and injects, and what its people can do beside answering. */
import { expect, type Browser, type Page } from '@playwright/test';
import { cards, give, mint, send } from './act.ts';
import { look } from './look.ts';
import { test } from './server.ts';

test.use({ drill: 'team' });
test.describe.configure({ mode: 'serial' });

const TASK = 'extra-task';
const MISTAKE = 'extra-mistake';
const OUR_TEAM = 'harbour-reach';
const OTHER_TEAM = 'cape-halcyon';
const RECALLED = 'Meant for another cohort';

let lead: Page;
let player: Page;
let other: Page;
let control: Page;
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

const tab = (page: Page, name: RegExp) => page.locator('.side-tabs').getByRole('button', { name });

test.beforeAll(async ({ browser, demo }) => {
  control = await screen(browser, demo.facilitator, 'Control');
  lead = await screen(browser, demo.team, 'Ana');
  player = await screen(browser, await mint(control, 'player', OUR_TEAM), 'Ben');
  other = await screen(browser, await mint(control, 'player', OTHER_TEAM), 'Cleo');
  await expect(lead.getByTestId('stage')).toHaveAttribute('data-stage', 'running', { timeout: 20_000 });
});

test.afterEach(() => {
  expect.soft(faults.splice(0), 'a page has failed inside').toEqual([]);
});

test('a hint is offered with its price and opened in two steps, for the whole team', async () => {
  await send(control, TASK, 'A task of the day');
  await lead.getByTestId(`inbox-${TASK}`).click();
  const hint = lead.getByTestId('hint-first');
  await expect(hint).toContainText('costs 10 % of the points');
  await expect(lead.getByTestId('hint-text')).toHaveCount(0);
  await hint.getByRole('button', { name: 'Open the hint' }).click();
  await expect(lead.getByTestId('hint-text')).toHaveCount(0);
  await hint.getByRole('button', { name: 'Open it for the team' }).click();
  await expect(hint).toContainText('Begin with the gateway.');
  await player.getByTestId(`inbox-${TASK}`).click();
  await expect(player.getByTestId('hint-first')).toContainText('Begin with the gateway.');
});

test('what control takes back stays visible, struck, with the reason', async () => {
  await send(control, MISTAKE, 'Not for you');
  const entry = lead.getByTestId(`inbox-${MISTAKE}`);
  await entry.click();
  await give(control, { type: 'recall', inject: MISTAKE, teams: null, reason: RECALLED });
  await expect(entry).toHaveAttribute('data-state', 'recalled');
  await expect(entry.locator('s')).toHaveText('Not for you');
  await expect(lead.getByTestId('recalled')).toContainText('Control took this back');
  await expect(lead.getByTestId('recalled')).toContainText(RECALLED);
  await look(lead, 'team-recalled');
});

test('what is sent again comes to the top, unread', async () => {
  await give(control, { type: 'resend', inject: TASK, teams: null });
  const first = lead.getByTestId('inbox').getByRole('button').first();
  await expect(first).toHaveAttribute('data-testid', `inbox-${TASK}`);
  await expect(first.getByTestId('sent-again')).toBeVisible();
  await expect(first).toHaveClass(/unread/);
  await first.click();
  await expect(first).not.toHaveClass(/unread/);
});

test('an answer by phone is shown with its caller and the code that was read back', async () => {
  const answers = { what: { text: 'We isolate the gateway.' } };
  const happened_at = Date.now();
  await give(control, { type: 'submit_for', team: OUR_TEAM, inject: TASK, answers, happened_at, caller: 'Dana at the desk' });
  await expect(lead.getByTestId('official-answer').getByTestId('by-hand')).toContainText('Dana at the desk');
  await expect(lead.getByTestId('by-hand')).toContainText('read-back code');
});

test('an entry has its kind, and a correction shows what it corrects', async () => {
  const form = lead.getByTestId('log-form');
  await form.getByLabel('What happened').fill('We isolate 198.51.100.23.');
  await form.getByLabel('Kind').selectOption('decision');
  await form.getByLabel('TLP').selectOption('amber');
  await form.getByRole('button', { name: 'Add entry' }).click();
  const entries = lead.getByTestId('team-log').getByRole('listitem');
  await expect(entries.first()).toContainText('Decision');
  await expect(entries.first().getByTestId('tlp')).toHaveText('TLP:AMBER');
  await entries.first().getByRole('button', { name: 'Correct' }).click();
  await form.getByLabel('What happened').fill('We isolate 198.51.100.32.');
  await form.getByRole('button', { name: 'Add the correction' }).click();
  await expect(entries).toHaveCount(2);
  await expect(entries.first()).toContainText('198.51.100.32');
  await expect(entries.first().locator('s')).toContainText('198.51.100.23');
  await expect(entries.last()).toContainText('Corrected at');
  await lead.getByLabel('Show', { exact: true }).selectOption('observation');
  await expect(entries).toHaveCount(0);
  await lead.getByLabel('Show', { exact: true }).selectOption('');
  await look(lead, 'team-log');
});

test('control is asked for information, and answers in words', async () => {
  await lead.getByTestId('inject').getByRole('button', { name: 'Ask control for information' }).click();
  const requests = lead.getByTestId('requests');
  await requests.getByLabel('What you need to know').fill('Which accounts logged in from abroad?');
  await requests.getByRole('button', { name: 'Ask', exact: true }).click();
  const request = requests.getByRole('listitem').first();
  await expect(request).toHaveAttribute('data-state', 'asked');
  const item = (await cards(control)).find(({ key }) => key.startsWith('request/'))?.card.item;
  await give(control, { type: 'answer_request', item, text: 'Only the backup account.', inject: null });
  await expect(request).toHaveAttribute('data-state', 'answered');
  await expect(request).toContainText('Only the backup account.');
  await look(lead, 'team-requests');
});

test('a message goes from team to team by alias, and says no more than that', async () => {
  const directory = (await cards(lead)).find(({ key }) => key === 'directory')?.card.contacts as { for_team: boolean }[];
  test.skip(!directory.some((contact) => contact.for_team), 'this scenario gives teams no aliases');
  await tab(lead, /Teams/).click();
  const peers = lead.getByTestId('peers');
  const alias = (await cards(control)).find(({ key }) => key === `team/${OTHER_TEAM}`)?.card.alias as string;
  await peers.locator(`input[value="${alias}"]`).check();
  await peers.getByLabel('TLP').selectOption('amber');
  await peers.getByLabel('Message').fill('Block windr0se.example.');
  await peers.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(lead.getByTestId('peer-mail').getByRole('listitem').first()).toContainText('Sent');
  await tab(other, /Teams/).click();
  const received = other.getByTestId('peer-mail').getByRole('listitem').first();
  await expect(received).toContainText('Block windr0se.example.');
  await expect(received.getByTestId('tlp')).toHaveText('TLP:AMBER');
  await expect(received).not.toContainText('Ana');
  await expect(received).not.toContainText('Harbour Reach');
  await look(other, 'team-peers');
});

test('NO DUFF from a player takes two steps, stops the team, and tells what happens', async () => {
  await give(control, { type: 'set_hall_contact', text: 'Desk at hall B, +1 868 555 0100' });
  await player.getByTestId('noduff').click();
  const dialog = player.getByRole('dialog');
  await expect(dialog.getByTestId('hall-contact')).toContainText('+1 868 555 0100');
  await dialog.getByLabel('What has happened').fill('A colleague has collapsed in room 4.');
  await dialog.getByLabel('Call-back number').fill('+1 868 555 0142');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog).toContainText('within 30 seconds');
  await expect(player.getByTestId('suspension')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Raise NO DUFF: this is real' }).click();
  await expect(dialog.getByTestId('noduff-status')).toContainText('Received');
  await expect(dialog.getByTestId('widens')).toBeVisible();
  await expect(dialog.getByTestId('noduff-contacts')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  for (const page of [player, lead]) {
    await expect(page.getByTestId('suspension')).toContainText('NO DUFF');
    await expect(page.getByTestId('suspension')).toContainText('This is a real emergency');
    await expect(page.getByTestId('stage')).toHaveAttribute('data-stage', 'suspended');
  }
  await expect(other.getByTestId('suspension')).toHaveCount(0);
});

test('a second call is not asked for; what staff decide is shown', async () => {
  await player.getByTestId('noduff').click();
  const dialog = player.getByRole('dialog');
  await expect(dialog.getByLabel('What has happened')).toHaveCount(0);
  await expect(dialog).toContainText('One open call a person');
  await dialog.getByRole('button', { name: 'Close' }).click();
  const item = (await cards(control)).find(({ key }) => key.startsWith('duff/'))?.card.item;
  await give(control, { type: 'decide_no_duff', item, verdict: 'team_only', note: 'The ambulance is here.' });
  await expect(player.getByTestId('verdict')).toContainText('only your team');
  await expect(player.getByTestId('verdict')).toContainText('The ambulance is here.');
  await look(player, 'team-no-duff');
  await give(control, { type: 'lift_suspension', team: OUR_TEAM, decision: 'She is well. We go on.' });
  await expect(player.getByTestId('suspension')).toHaveCount(0);
  await expect(player.getByTestId('call-state')).toContainText('She is well.');
});
