/** A team's line fails for real: an inject is read to it by phone, and it is given the time back. By keyboard. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { Hall } from './hall.ts';
import { look } from './look.ts';

const SCENARIO = `format: 1
meta: {name: outage, title: The line fails, tlp: clear, languages: [en], duration: 60m}
profile: {outage_limit: 5m}
objectives:
  - {id: triage, title: Tell an incident from noise, capability: triage_and_classification}
injects:
  - id: task
    kind: task
    manual: true
    player:
      title: The gateway is down
      body: What do you do?
      channel: mail
      form:
        deadline: 30m
        fields:
          - {id: what, label: What do you do?, required: true, points: 10, long_text: {max_chars: 500}}
    staff:
      objectives: [triage]
  - id: bulletin
    kind: contextual
    manual: true
    player:
      title: The port closes
      body: The harbour master closes the port.
      channel: news
`;

let hall: Hall;
let control: Page;
let player: Page;
const faults: string[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  hall = await Hall.open(SCENARIO);
  await hall.addTeam('harbour', 'Harbour Reach', 'en');
  [control, player] = [await screen(browser), await screen(browser)];
  await join(control, await hall.link('facilitator'), 'Control');
  await join(player, await hall.link('team_lead', 'harbour'), 'Ana');
  await hall.director.act({ type: 'start_ex' });
  await hall.director.act({ type: 'release', inject: 'task', teams: null });
  await expect(player.getByTestId('inbox')).toContainText('The gateway is down');
});

test.afterAll(() => hall?.close());
test.afterEach(() => {
  expect.soft(faults.splice(0), 'a page has failed inside').toEqual([]);
});

async function screen(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  return page;
}

async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(`${hall.base}${link}`);
  await page.locator('#name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL(/\/(play|control)\//);
}

/** Presses Tab until a control has the focus whose label or words are these. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const words = await page.evaluate(() => {
      const one = document.activeElement as HTMLInputElement | null;
      return one?.getAttribute('aria-label') || one?.labels?.[0]?.textContent?.trim() || one?.textContent?.trim() || '';
    });
    if (name.test(words)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${name}`);
}

const clock = () => control.getByTestId('clock-harbour');
const giveBack = () => control.getByTestId('give-back');
const phone = () => control.getByTestId('phone-in');

test('an inject without a form is read to a team by phone, and counts as delivered', async () => {
  const page = player.url();
  await player.goto('about:blank');
  await expect(clock()).toContainText('offline for', { timeout: 20_000 });
  await hall.director.act({ type: 'release', inject: 'bulletin', teams: null });
  await expect(control.getByTestId('cell-bulletin-harbour')).toHaveAttribute('data-state', 'released');

  await control.keyboard.press('h');
  await tabTo(control, /^Team$/);
  await control.keyboard.type('Harbour');
  await tabTo(control, /^Inject$/);
  await control.keyboard.type('The port');
  await expect(phone().getByRole('radio')).toHaveCount(1);
  await expect(phone().getByRole('radio', { name: 'It was read to the team by phone' })).toBeChecked();
  await tabTo(control, /^Who was on the phone$/);
  await control.keyboard.type('Ana');
  await look(control, 'read-by-phone');
  await tabTo(control, /^Enter that it was read$/);
  await control.keyboard.press('Enter');
  await expect(control.getByTestId('read-back')).toContainText(/[A-Z0-9]{3}-[A-Z0-9]{3}/);
  await control.keyboard.press('Escape');
  await expect(control.getByTestId('cell-bulletin-harbour')).toHaveAttribute('data-state', 'delivered');

  // Once is enough: it is offered no more.
  await control.keyboard.press('h');
  await phone().getByLabel('Team').selectOption('Harbour Reach');
  await expect(phone().getByRole('option', { name: 'The port closes' })).toHaveCount(0);
  await phone().getByLabel('Inject', { exact: true }).selectOption('The gateway is down');
  await expect(phone().getByRole('radio')).toHaveCount(1);
  await control.keyboard.press('Escape');
  await player.goto(page);
  await expect(clock()).not.toContainText('offline for', { timeout: 20_000 });
});

test('what the server noted of a failed line is filled in', async () => {
  await tabTo(control, /^Give time back: Harbour Reach$/);
  await control.keyboard.press('Enter');
  await expect(giveBack().getByRole('radio')).toBeChecked();
  await expect(giveBack().getByTestId('give-back-left')).toContainText(/^0\d:\d\d of exercise time; 05:00 of 05:00 are left/);
  await tabTo(control, /^What was confirmed/);
  await control.keyboard.type('Their router was replaced');
  await look(control, 'give-back');
});

test('the time is given back, and more than was noted is refused in words', async () => {
  const from = await giveBack().getByLabel('From').inputValue();
  // Before the absence began the server noted none.
  const [hours, minutes, seconds] = from.split(':').map(Number);
  const earlier = new Date(2026, 0, 1, hours, minutes, (seconds ?? 0) - 5).toTimeString().slice(0, 8);
  await giveBack().getByLabel('From').fill(earlier);
  await tabTo(control, /^Give time back$/);
  await control.keyboard.press('Enter');
  await expect(giveBack()).toContainText('The server noted no absence of Harbour Reach');
  await giveBack().getByLabel('From').fill(from);
  await tabTo(control, /^Give time back$/);
  await control.keyboard.press('Enter');
  await expect(giveBack()).toHaveCount(0);
  await expect(control.getByTestId('credit-harbour')).toContainText(/0\d:\d\d given back .* UTC: Their router was replaced/);

  // What was given back is offered no more.
  await clock().getByRole('button', { name: /^Give time back/ }).click();
  await expect(giveBack()).toContainText('Found no absence that could still be given back');
  await control.keyboard.press('Escape');
});

test('control sees what was given back', async () => {
  await look(control, 'given-back-control');
});

test('the team reads what it was given', async () => {
  const notice = player.getByTestId('given-back');
  await expect(notice).toContainText(/Control gave your team back 0\d:\d\d of a failed line\. \d\d:\d\d:\d\d – \d\d:\d\d:\d\d UTC: Their router was replaced/);
  await look(player, 'given-back-team');
});

test('the team closes what it has read, and finds it again', async () => {
  const notice = player.getByTestId('given-back');
  await notice.getByRole('button', { name: 'Close' }).focus();
  await player.keyboard.press('Enter');
  await expect(notice).toHaveCount(0);
  await player.reload();
  await player.getByRole('button', { name: 'Situation' }).locator('visible=true').click();
  await expect(player.getByTestId('credits')).toContainText('Their router was replaced');
  await expect(notice).toHaveCount(0);
  await look(player, 'given-back-situation');
});
