/** The day before and the door: links from a list, a door in Arabic, a seat on another device, comcheck, go or no go. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { Hall } from './hall.ts';
import { look, lookAsItIs } from './look.ts';

const SCENARIO = `format: 1
meta: {name: door, title: {en: Before the start, ar: قبل البداية}, tlp: clear, languages: [en, ar], duration: 60m}
injects:
  - id: task
    kind: task
    manual: true
    player:
      title: {en: The gateway is down, ar: البوابة متوقفة}
      body: {en: What do you do?, ar: ماذا تفعلون؟}
      channel: mail
      form:
        deadline: 30m
        fields:
          - {id: what, label: {en: What do you do?, ar: ماذا تفعلون؟}, required: true, points: 10, long_text: {max_chars: 500}}
  - id: call
    kind: contextual
    manual: true
    player:
      title: {en: The minister calls, ar: الوزير يتصل}
      body: {en: The minister asks., ar: يسأل الوزير.}
      channel: phone
`;
const LIST = `role;team;team name;language;uses;label;expires
team_lead;harbour;Harbour Reach;en;2;lead;7d
player;harbour;;;5;"=1+1";7d
team_lead;cape;Cape Halcyon;ar;2;;7d
`;

let hall: Hall;
let control: Page;
let lead: Page;
let arab: Page;
let links: string[] = [];
const faults: string[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  hall = await Hall.open(SCENARIO);
  control = await screen(browser);
  await hall.signIn(control);
  await control.getByRole('button', { name: 'Open control room' }).click();
  await control.waitForURL(/\/control\//);
});
test.afterAll(() => hall?.close());
test.afterEach(() => {
  expect.soft(faults.splice(0), 'a page has failed inside').toEqual([]);
});

async function screen(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.stack ?? error.message}`));
  return page;
}

const middle = (name: string) => control.getByRole('navigation', { name: 'Board and injects' }).first().getByRole('button', { name }).click();

test('links come of a list that is looked at first, with QR codes, sheets and a list to keep', async () => {
  await middle('Teams');
  await control.getByRole('button', { name: 'Many links from a list' }).click();
  const roll = control.getByTestId('roll');
  await roll.getByLabel('The list').fill(LIST.replace('player;harbour', 'emperor;harbour'));
  await roll.getByRole('button', { name: 'Look at the list' }).click();
  await expect(roll).toContainText('Lines with faults: 1');
  await expect(roll.getByRole('row').nth(2)).toContainText('no such role');
  await lookAsItIs(control, 'roll-faults');
  await roll.getByLabel('The list').fill(LIST);
  await roll.getByRole('button', { name: 'Look at the list' }).click();
  await expect(roll).toContainText('Everything is in order');
  await roll.getByRole('button', { name: 'Create all links' }).click();
  const minted = control.getByTestId('minted');
  await expect(minted.getByTestId('qr')).toHaveCount(3);
  await expect(minted.getByRole('img', { name: /QR code of the link: Team lead · Harbour Reach/i })).toBeVisible();
  await expect(minted.getByTestId('link-address')).toHaveCount(3);
  links = await minted.getByTestId('link-address').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  const download = control.waitForEvent('download');
  await minted.getByTestId('links-csv').click();
  const list = await readFile(await (await download).path(), 'utf8');
  expect(list.split('\r\n')).toHaveLength(5);
  expect(list).toContain(links[0]);
  expect(list, 'no formula').toContain(`"'=1+1"`);
  await look(control, 'links');
  // Printing is the browser's; what would be printed is looked at.
  await control.evaluate(() => (window.print = () => undefined));
  await minted.getByRole('button', { name: 'Print sheets' }).click();
  const sheets = control.getByTestId('sheets').locator('.sheet');
  await expect(sheets).toHaveCount(2);
  await expect(sheets.nth(0)).toContainText('Harbour Reach');
  await expect(sheets.nth(1)).toHaveAttribute('dir', 'rtl');
  await expect(sheets.nth(1)).toContainText('طريقكم إلى التمرين');
  await expect(sheets.nth(0)).toContainText('EXERCISE');
  await lookAsItIs(control, 'sheets');
  await control.getByTestId('sheets').getByRole('button', { name: 'Close' }).click();
});

test('a door in Arabic, on a narrow phone', async ({ browser }) => {
  arab = await screen(browser);
  await arab.setViewportSize({ width: 320, height: 640 });
  await arab.goto(links[2] ?? '');
  await arab.locator('#language').selectOption('ar');
  await expect(arab.locator('html')).toHaveAttribute('dir', 'rtl');
  await lookAsItIs(arab, 'door-ar');
  await arab.setViewportSize({ width: 320, height: 640 });
  await arab.locator('#name').fill('ليلى');
  await arab.getByRole('button', { name: 'انضمام' }).click();
  await arab.waitForURL(/\/play\//);
  await expect(arab.locator('html')).toHaveAttribute('lang', 'ar');
  lead = await screen(browser);
  await lead.goto(links[0] ?? '');
  await lead.locator('#name').fill('Ana');
  await lead.getByRole('button', { name: 'Join' }).click();
  await lead.waitForURL(/\/play\//);
  // What lets nobody in says what to do.
  const lost = await screen(browser);
  await lost.goto(`${hall.base}/join#not-a-link`);
  await expect(lost.getByRole('alert')).toContainText('This link is not known');
  await lost.close();
});

test('two teams answer a comcheck as they would in play, and control sees who did', async () => {
  await middle('Before the start');
  await control.getByRole('button', { name: 'Start a comcheck' }).click();
  await expect(lead.getByTestId('comcheck-bar')).toBeVisible();
  for (const page of [lead, arab]) {
    for (const channel of ['mail', 'phone']) {
      await page.getByTestId(`inbox-comcheck-1-${channel}`).click();
      const inject = page.getByTestId('inject');
      await expect(inject).toHaveAttribute('data-inject', `comcheck-1-${channel}`);
      await inject.getByTestId('field-reads').getByRole('radio').first().check();
      await inject.getByTestId('answer-form').locator('button.primary').click();
      await expect(inject.getByTestId('official-answer')).toBeVisible();
      if (page === arab) await page.locator('.bottom-bar button').first().click();
    }
  }
  const comcheck = control.getByTestId('comcheck');
  await expect(comcheck).toContainText('Teams that answered on every channel: 2 of 2');
  const row = comcheck.getByTestId('comcheck-harbour');
  await expect(row).toContainText(/\d+ ms/);
  await expect(row.locator('.well')).toHaveCount(2);
  await expect(comcheck.getByTestId('comcheck-cape')).toContainText('العربية');
  await lookAsItIs(lead, 'comcheck-team');
  await look(control, 'before-the-start');
});

test('the director signs the list as it stands, and starts', async () => {
  const list = control.getByTestId('ready-list');
  await expect(list.getByTestId('ready-teams')).toContainText('Go');
  await expect(list.getByTestId('ready-comcheck')).toContainText('2/2');
  await expect(list.getByTestId('ready-standby')).toContainText('No go');
  const paper = list.getByTestId('ready-paper');
  await paper.getByRole('textbox').fill('on each table');
  await paper.getByRole('checkbox').check();
  await expect(paper).toContainText('on each table');
  await control.getByRole('button', { name: 'StartEx', exact: true }).click();
  await expect(control.getByTestId('unsigned')).toContainText('Nobody has signed');
  await control.keyboard.press('Escape');
  await list.getByRole('button', { name: 'Sign the list' }).click();
  const dialog = control.getByRole('dialog');
  await expect(dialog).toContainText('A second facilitator');
  await dialog.getByRole('button', { name: 'Sign the list' }).click();
  await expect(control.getByTestId('ready-signed')).toContainText('Signed by director');
  await look(control, 'ready-signed');
  await control.getByRole('button', { name: 'StartEx', exact: true }).click();
  await expect(control.getByTestId('unsigned')).toHaveCount(0);
  await control.getByRole('dialog').getByRole('button', { name: 'StartEx', exact: true }).click();
  await expect(lead.getByTestId('comcheck-bar')).toHaveCount(0);
  await expect(lead.getByTestId('inbox-comcheck-1-mail')).toHaveCount(0);
});

test('a seat goes to another device with its draft, by a code and a second context', async ({ browser }) => {
  await hall.director.act({ type: 'release', inject: 'task', teams: null });
  await lead.getByTestId('inbox-task').click();
  const kept = lead.waitForResponse((answer) => answer.url().includes('/drafts/task') && answer.request().method() === 'PUT');
  await lead.getByTestId('field-what').locator('textarea').fill('Half a sentence that');
  await kept;
  await lead.locator('.side-tabs').getByRole('button', { name: 'Situation' }).click();
  const own = lead.getByTestId('own-code');
  await own.getByRole('button', { name: 'Get a code' }).click();
  const code = ((await own.locator('.letters').textContent()) ?? '').trim();
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  await expect(own.getByTestId('qr')).toBeVisible();
  const other = await screen(browser);
  await other.goto(`${hall.base}/join`);
  await look(other, 'enter-code');
  await other.getByLabel('Code').fill(code.toLowerCase().replace('-', ' '));
  await other.getByRole('button', { name: 'Go on here' }).click();
  await other.waitForURL(/\/play\//);
  await other.getByTestId('inbox-task').click();
  await expect(other.getByTestId('field-what').locator('textarea')).toHaveValue('Half a sentence that');
  await expect(lead.locator('main.refused')).toBeVisible();
  lead = other;
});

test('control gives a person a code with two keys', async () => {
  await control.locator('body').click({ position: { x: 2, y: 2 } });
  await control.keyboard.press('e');
  const dialog = control.getByTestId('reentry');
  await expect(dialog.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await control.keyboard.press('Enter');
  await expect(dialog.getByTestId('seat-code')).toContainText(/[0-9A-Z]{4}-[0-9A-Z]{4}/);
  await lookAsItIs(control, 'reentry');
  await control.keyboard.press('Escape');
});

test('who was away for long is told first where things stand', async () => {
  await hall.director.act({ type: 'send_message', team: null, title: { en: 'Lunch is at noon' }, body: { en: 'In the hall.' } });
  await lead.evaluate(() => {
    const seat = location.pathname.split('/')[3];
    localStorage.setItem(`dh.caught.${seat}`, String(Date.now() - 20 * 60_000));
  });
  await lead.reload();
  const digest = lead.getByTestId('catch-up');
  await expect(digest).toContainText('The gateway is down');
  await expect(digest).toContainText(/\d+:\d\d left/);
  await expect(digest).toContainText('Lunch is at noon');
  await look(lead, 'catch-up');
  await digest.getByRole('button', { name: 'The gateway is down' }).click();
  await expect(lead.getByTestId('inject')).toHaveAttribute('data-inject', 'task');
  await digest.getByRole('button', { name: 'Close' }).click();
  await lead.reload();
  await expect(lead.getByTestId('inbox-task')).toBeVisible();
  await expect(digest).toHaveCount(0);
});

test('a link goes with the seats taken with it', async () => {
  await middle('Teams');
  const entry = control.getByTestId('links').locator('li').filter({ hasText: 'Cape Halcyon' });
  await entry.getByRole('button', { name: 'Revoke' }).click();
  await control.getByRole('dialog').getByRole('checkbox').check();
  await control.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(arab.locator('main.refused')).toBeVisible();
});
