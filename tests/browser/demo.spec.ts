/** The whole path of the demo, on three screens at once, as somebody walks it for the first time. */
import { expect, type Browser, type Page } from '@playwright/test';
import { look } from './look.ts';
import { test } from './server.ts';

test.use({ drill: 'demo' });
test.describe.configure({ mode: 'serial' });

const TEAMS = ['Port Meridian', 'Isla Serena', 'Saint Aurelle', 'Cape Halcyon', 'Harbour Reach'];
const OUR_TEAM = 'harbour-reach';
/** The first inject of the pack that counts; the demo sends it along with what is due. */
const SCORED = 'fuel-roster-mail';
const REASON = 'Lunch in the hall';

let team: Page;
let control: Page;
let wall: Page;

/** What went wrong in the pages; nobody would see it on the screen. */
const faults: string[] = [];

/** A screen of its own: another browser, with other cookies. */
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

const stage = (page: Page) => page.getByTestId('stage');
const answer = () => team.getByTestId('answer-form');
const field = (id: string) => team.getByTestId(`field-${id}`);

test.beforeAll(async ({ browser }) => {
  [team, control, wall] = [await screen(browser), await screen(browser), await screen(browser)];
});

test.afterEach(() => {
  expect.soft(faults.splice(0), 'a page has failed inside').toEqual([]);
});

test('looking at a team link takes no seat', async ({ demo }) => {
  for (const _look of ['first', 'second']) {
    await team.goto(demo.team);
    await expect(team.getByTestId('join-preview')).toContainText('Harbour Reach');
    await team.goto('about:blank');
  }
  await team.goto(demo.team);
  await look(team, 'join');
});

test('the first inject is there within ten seconds of joining', async ({ demo }) => {
  await join(team, demo.team, 'Ana');
  await expect(team.getByTestId(`inbox-${SCORED}`)).toBeVisible({ timeout: 10_000 });
  await expect(team).toHaveURL(/\/play\//);
  await expect(team.getByTestId('exercise-band')).toContainText('EXERCISE');
  await expect(stage(team)).toHaveAttribute('data-stage', 'running');
});

test('a draft and what was read survive a reload', async () => {
  await team.getByTestId(`inbox-${SCORED}`).click();
  await team.getByTestId('inject').getByRole('button', { name: 'Acknowledge' }).click();
  await expect(team.getByTestId('acknowledged')).toContainText('Ana');
  await field('class').getByRole('radio', { name: 'Phishing' }).check();
  await field('tip').getByRole('textbox').fill('TLP:AMBER. Look for mails about a fuel roster.');
  await team.reload();
  await team.getByTestId(`inbox-${SCORED}`).click();
  await expect(team.getByTestId('acknowledged')).toContainText('Ana');
  await expect(field('class').getByRole('radio', { name: 'Phishing' })).toBeChecked();
  await expect(field('tip').getByRole('textbox')).toHaveValue(/fuel roster/);
});

test('an answer is received and its points are shown with reasons', async () => {
  await answer().getByRole('button', { name: 'Send the answer' }).click();
  await expect(team.getByTestId('answer-status')).toContainText('Received');
  await expect(team.getByTestId('official-answer')).toContainText('revision 1');
  await expect(team.getByTestId('points')).toContainText('Right.');
  await expect(team.getByTestId('points')).toContainText(/marks? (is|are) missing/);
  await expect(team.getByTestId(`inbox-${SCORED}`)).toHaveAttribute('data-state', 'answered');
});

test('an entry of the team log is stored, and all of it is there after a reload', async () => {
  await team.getByLabel('What happened').fill('Warned our peers about the fuel roster.');
  await team.getByRole('button', { name: 'Add entry' }).click();
  await expect(team.getByTestId('team-log')).toContainText('Warned our peers');
  await team.reload();
  await expect(team.getByTestId('team-log')).toContainText('Warned our peers');
  await team.getByTestId(`inbox-${SCORED}`).click();
  await expect(team.getByTestId('official-answer')).toContainText('revision 1');
  await look(team, 'team');
});

test('control sees all five teams and what each has done', async ({ demo }) => {
  await join(control, demo.facilitator, 'Control');
  await expect(control).toHaveURL(/\/control\//);
  for (const name of TEAMS) await expect(control.getByTestId('board')).toContainText(name);
  await expect(control.getByTestId(`cell-${SCORED}-${OUR_TEAM}`)).toHaveAttribute('data-state', 'answered');
  await look(control, 'control');
});

test('the wall shows the clock and the phase', async ({ demo }) => {
  await join(wall, demo.wall, 'Wall');
  await expect(wall).toHaveURL(/\/wall\//);
  const clock = wall.getByTestId('wall-clock');
  const before = await clock.textContent();
  await expect(clock).not.toHaveText(before ?? '');
  await expect(wall.getByTestId('wall-situation').getByRole('heading')).not.toBeEmpty();
  await look(wall, 'wall');
});

test('a pause stands on every screen, and a resume ends it', async () => {
  await control.getByRole('button', { name: 'Pause all' }).click();
  const dialog = control.getByRole('dialog');
  await dialog.getByRole('textbox').fill(REASON);
  await dialog.getByRole('button', { name: 'Pause all' }).click();
  for (const page of [team, wall]) {
    await expect(page.getByTestId('pause-notice')).toContainText(REASON);
    await expect(stage(page)).toHaveAttribute('data-stage', 'paused');
  }
  await control.getByRole('button', { name: 'Resume all' }).click();
  for (const page of [team, wall]) {
    await expect(page.getByTestId('pause-notice')).toHaveCount(0);
    await expect(stage(page)).toHaveAttribute('data-stage', 'running');
  }
});

test('a message of control reaches the team', async () => {
  await control.getByText('New message to teams').click();
  const composer = control.getByTestId('composer');
  const english = composer.getByRole('group', { name: 'English' });
  await english.getByLabel('Subject').fill('The line to the port is down');
  await english.getByLabel('Message').fill('Use **extension 100** until it is back.');
  await composer.getByRole('button', { name: 'Send' }).click();
  const received = team.getByTestId('inbox').getByText('The line to the port is down');
  await received.click();
  await expect(team.getByTestId('message').locator('strong')).toHaveText('extension 100');
});

test('control rehearses the plan and sees it as a picture and as tables', async () => {
  const page = await control.context().newPage();
  await page.goto(new URL((await control.getByRole('link', { name: 'Rehearsal' }).getAttribute('href')) ?? '', control.url()).href);
  await expect(page.getByTestId('exercise-band')).toContainText('REHEARSAL');
  await expect(page.getByTestId('rehearsal-picture')).toBeVisible({ timeout: 60_000 });
  for (const name of ['Harbour Reach', 'Cape Halcyon']) await expect(page.getByTestId('rehearsal-workload')).toContainText(name);
  await page.getByText('The same as a table').click();
  await expect(page.getByTestId('rehearsal-table')).toContainText('T+');
  await page.getByLabel('Teams').fill('6');
  await page.getByLabel('Runs').fill('2');
  await page.getByRole('button', { name: 'Rehearse' }).press('Enter');
  await expect(page.getByTestId('rehearsal-score').getByRole('row')).toHaveCount(7, { timeout: 60_000 });
  await look(page, 'rehearsal');
  await page.close();
});

test('after EndEx the report has the answer of the team', async () => {
  await control.getByRole('button', { name: 'EndEx', exact: true }).click();
  await control.getByRole('dialog').getByRole('button', { name: 'EndEx', exact: true }).click();
  await expect(stage(team)).toHaveAttribute('data-stage', 'ended');
  await control.getByRole('link', { name: 'After-action report' }).click();
  await expect(control).toHaveURL(/\/report\//);
  const result = control.getByTestId(`scorecard-${OUR_TEAM}`).getByTestId(`result-${SCORED}`);
  await expect(result).toContainText('TLP:AMBER. Look for mails about a fuel roster.');
  await expect(control.getByTestId('head-hash')).toHaveText(/^[0-9a-f]{64}$/);
  await look(control, 'report');
});
