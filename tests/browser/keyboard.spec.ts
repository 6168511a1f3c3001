/** A facilitator's acts without a mouse: Tab, Enter, Space, typing and the keys of the page, and nothing else. */
import { expect, type Browser, type Page } from '@playwright/test';
import { give } from './act.ts';
import { Keys } from './keys.ts';
import { test } from './server.ts';

// What a page consists of, noted at every press of a key, takes longer than all the rest.
test.use({ drill: 'keyboard', trace: { mode: 'retain-on-failure', snapshots: false } });
test.describe.configure({ mode: 'serial' });

const OUR_TEAM = 'harbour-reach';
const TITLE = 'Divers at the cable';

let control: Page;
let team: Page;
const faults: string[] = [];

async function join(browser: Browser, link: string, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => faults.push(`${name}: ${error.stack ?? error.message}`));
  await page.goto(link);
  await page.locator('#name').fill(name);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/(play|control)\//);
  return page;
}

let keys: Keys;
const press = (key: string) => keys.press(key);
const type = (text: string) => keys.type(text);
const to = (name: RegExp, back = false) => keys.to(name, back);
const push = (name: RegExp, back = false) => keys.push(name, back);
const write = (field: RegExp, text: string, back = false) => keys.write(field, text, back);
const why = (reason: string) => keys.why(reason);
const dialog = () => keys.dialog();
/** An act of the inject panel. */
const act = (name: string, fill?: () => Promise<void>) => keys.ask(new RegExp(`^${name}… <BUTTON>`), new RegExp(`^${name} <BUTTON>`), fill);
const panel = () => control.getByTestId('inject-panel');

test.beforeAll(async ({ browser, demo }) => {
  team = await join(browser, demo.team, 'Ana');
  control = await join(browser, demo.facilitator, 'Control');
  keys = new Keys(control);
  await expect(control.getByTestId('next-due').getByRole('listitem')).toHaveCount(5);
  await expect(team.getByTestId('stage')).toHaveAttribute('data-stage', 'running', { timeout: 20_000 });
});

test.afterEach(() => {
  expect.soft(faults.splice(0), 'a page has failed inside').toEqual([]);
});

test('speed, and one team paused and resumed', async () => {
  await push(/^Speed… <BUTTON>/);
  // Slow: nothing of the plan may fall due between the keys of a machine that has other things to do.
  await write(/Times real time/, '0.1');
  await push(/^Set the speed/);
  await expect(dialog()).toHaveCount(0);
  const row = control.getByTestId(`clock-${OUR_TEAM}`);
  await push(/^Pause: Harbour Reach/);
  await write(/<TEXTAREA>/, 'Their power is out');
  await push(/^Pause <BUTTON>/);
  await expect(row).toContainText('Their power is out');
  await push(/^Resume: Harbour Reach/);
  await expect(row).not.toContainText('Their power is out');
});

test('a shift with its preview', async () => {
  await press('s');
  await expect(control.getByTestId('preview')).toContainText(/would be released/);
  await push(/^Shift <BUTTON>/);
  await expect(dialog()).toHaveCount(0);
});

test('a release waits ten seconds, and is undone', async () => {
  await press('n');
  await push(/^Release now: /);
  await push(/^Release now <BUTTON>/);
  await expect(control.getByTestId('armed')).toContainText('Goes out in');
  await press('u');
  await push(/^Undo <BUTTON>/);
  await expect(control.getByTestId('armed')).toHaveCount(0);
});

test('hold, free, retime, amend and skip', async () => {
  await press('n');
  await press('Enter');
  await act('Hold', why('Wait for the phone'));
  await expect(panel()).toContainText('Wait for the phone');
  await act('Free');
  await act('Retime', () => write(/New plan time/, '300:00'));
  await expect(panel()).toContainText('T+5:00:00');
  await act('Amend', () => write(/^Subject/, 'Amended by hand'));
  await expect(panel()).toContainText('Amended by hand');
  await act('Skip', why('No time for it'));
  await expect(panel()).toContainText('No time for it');
});

test('an inject of the day with a field, an answer by phone, longer, excused', async () => {
  await press('a');
  await write(/^Subject/, TITLE);
  await write(/^Message/, 'What do you ask them?');
  await push(/^Add a field/);
  await write(/^Question/, 'Your question', true);
  await write(/^Deadline, minutes/, '60');
  await push(/^Add and send <BUTTON>/);
  await expect(panel()).toContainText(TITLE);
  await press('u');
  await push(/^Send now <BUTTON>/);
  await expect(control.getByTestId('armed')).toHaveCount(0);
  await act('Extend', () => write(/How many minutes/, '5'));
  await expect(panel()).toContainText('deadline now');

  await press('h');
  await to(/^Team/);
  await type('Harbour');
  await to(/^Inject/);
  await type(TITLE);
  await write(/^Who called/, 'Ana');
  await write(/^Your question/, 'Which cable?');
  await push(/^Enter the answer/);
  await expect(control.getByTestId('read-back')).toContainText(/[A-Z0-9]{3}-[A-Z0-9]{3}/);
  await push(/^Close <BUTTON>/);
  await expect(panel()).toContainText('answered');
  await act('Excuse', why('Their divers are ill'));
  await expect(panel()).toContainText('Their divers are ill');
});

test('a recall, and its correction', async () => {
  await push(/^Recall… <BUTTON>/);
  await write(/<TEXTAREA>/, 'The wrong cable');
  await push(/^Recall <BUTTON>/);
  await push(/^Write a correction/);
  await push(/^Add and send <BUTTON>/);
  await expect(control.locator('[data-inject-panel$="-correction"]')).toBeVisible();
});

test('a flag, a request answered, a message, a note', async () => {
  await push(/^Flags <BUTTON>/, true);
  await to(/^Harbour Reach.*<INPUT>/);
  await press('Space');
  await expect(control.getByTestId('flags').getByRole('checkbox', { name: /Harbour Reach/ }).first()).toBeChecked();

  await give(team, { type: 'ask_information', text: 'Who owns the cable?', inject: null });
  await expect(control.getByTestId('requests')).toContainText('Who owns the cable?', { timeout: 10_000 });
  await press('r');
  await push(/^Answer <SUMMARY>/);
  await write(/^In words/, 'The port does.');
  await push(/^Send <BUTTON>/);
  await expect(control.getByTestId('requests')).toContainText('The port does.');

  await press('t');
  await push(/^New message to teams/);
  await to(/^To <SELECT>|^To.*Harbour/);
  await type('Harbour');
  await write(/^Subject/, 'Lunch');
  await write(/^Message/, 'At noon.');
  await push(/^Send <BUTTON>/);
  await expect(control.getByTestId('composer')).toContainText('Sent.');
  await press('Escape');

  await push(/^Notes <BUTTON>/, true);
  await press('o');
  await type('They asked the right question.');
  await press('Control+Enter');
  await expect(control.getByTestId('notes')).toContainText('They asked the right question.');
});

test('the plan fitted to another end, and that undone', async () => {
  await to(/<BUTTON>/);
  await press('f');
  await to(/^End by/);
  const soon = new Date(Date.now() + 10 * 60_000);
  const face = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'America/Port_of_Spain' }).format(soon);
  const [hours = 0, minutes = 0] = face.split(':').map(Number);
  // A browser may ask for twelve hours and a half of the day, or for twenty-four.
  await type(`${String(hours % 12 || 12).padStart(2, '0')}${String(minutes).padStart(2, '0')}${hours < 12 ? 'A' : 'P'}`);
  const field = control.getByTestId('fit').getByLabel('End by');
  if ((await field.inputValue()) !== face) {
    await press('Shift+Tab');
    await to(/^End by/);
    await type(face.replace(':', ''));
  }
  await expect(field).toHaveValue(face);
  await expect(control.getByTestId('fit')).toContainText('dropped');
  await push(/^Fit the plan/);
  await expect(control.getByTestId('fitted')).toBeVisible();
  await push(/^Undo the fitting/);
  await expect(control.getByTestId('fitted')).toHaveCount(0);
});

test('a call of NO DUFF decided, and the suspension lifted', async () => {
  await give(team, { type: 'raise_no_duff', text: 'Somebody fainted.', call_back: '+1 868 555 0100' });
  await expect(control.getByTestId('alarms')).toContainText('Somebody fainted.');
  await press('x');
  await push(/^Only that team/);
  await type('A medic is with them.');
  await push(/^Only that team <BUTTON>/);
  await expect(control.getByTestId('alarms')).toContainText('A medic is with them.');
  await push(/^Lift the suspension/);
  await write(/<TEXTAREA>/, 'All are well.');
  await push(/^Lift the suspension <BUTTON>/);
  await expect(team.getByTestId('suspension')).toHaveCount(0);
});
