/** Every type of answer, who may send it, and what the team learns of it once scores are released. */
import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import { cards, give, mint, sendWhole } from './act.ts';
import { every } from './every.ts';
import { look } from './look.ts';
import { test } from './server.ts';

test.use({ drill: 'answers' });
test.describe.configure({ mode: 'serial' });

const OUR_TEAM = 'harbour-reach';
const FEEDBACK = 'Say first what is affected, then what you do.';

let control: Page;
let lead: Page;
let player: Page;
let judge: Page;
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

const field = (page: Page, id: string) => page.getByTestId(`field-${id}`);
const answer = (page: Page) => page.getByTestId('official-answer');
/** What the lines of indicators below were understood as is told: how many of each kind, and each in its normal form. */
async function recognises(place: Locator): Promise<void> {
  const told = place.getByTestId('recognised');
  await expect(told.locator('summary')).toHaveText(/What was recognised\s*IPv4 address 1\s*URL 1\s*Not recognised 1/);
  const rows = told.getByRole('table', { name: 'What was recognised' }).getByRole('row');
  await expect(rows).toHaveText([/Kind\s*Normal form/, /IPv4 address\s*192\.0\.2\.7/, /URL\s*https:\/\/evil\.example\/a/, /Not recognised\s*a hunch/]);
}

test.beforeAll(async ({ browser, demo }) => {
  control = await screen(browser, demo.facilitator, 'Control');
  lead = await screen(browser, demo.team, 'Ana');
  player = await screen(browser, await mint(control, 'player', OUR_TEAM), 'Ben');
  judge = await screen(browser, await mint(control, 'lead_evaluator', null), 'Dana');
  await expect(lead.getByTestId('stage')).toHaveAttribute('data-stage', 'running', { timeout: 20_000 });
});

test.afterEach(() => {
  expect.soft(faults.splice(0), 'a page has failed inside').toEqual([]);
});

test('every type of question has its control, and says at once what it still needs', async () => {
  await sendWhole(control, every);
  await lead.getByTestId('inbox-every-field').click();
  await expect(lead.getByTestId('section-warning')).toContainText('Early warning to the regulator');
  await expect(field(lead, 'when')).toContainText('wanted');
  await expect(lead.getByTestId('wanted-left')).toContainText('2 wanted fields');
  await field(lead, 'hosts').getByRole('textbox').fill('a lot');
  await lead.getByRole('button', { name: 'Send the answer' }).click();
  await expect(field(lead, 'class').getByLabel('Class')).toBeFocused();
  await expect(field(lead, 'severity')).toContainText('Please fill this in.');
  const hosts = field(lead, 'hosts').getByRole('textbox');
  await expect(hosts).toHaveAttribute('aria-invalid', 'true');
  await expect(hosts).toHaveAccessibleDescription(/Help for hosts.*From 0 to 5000.*at most three decimals/);
  await look(lead, 'answers-empty');
});

test('each is filled in, by the keyboard where that is quicker, and received', async () => {
  await field(lead, 'class').getByLabel('Class').selectOption('fraud');
  await field(lead, 'class').getByLabel('Type').selectOption('fraud/phishing');
  await field(lead, 'severity').getByLabel('High').check();
  await field(lead, 'when').getByLabel('Day', { exact: true }).fill('2026-11-22');
  await field(lead, 'when').getByLabel('Time of day').fill('04:30');
  await field(lead, 'when').getByLabel('Zone').selectOption('-04:00');
  await expect(field(lead, 'when')).toContainText('2026-11-22 08:30 UTC');
  await field(lead, 'hosts').getByRole('textbox').fill('12,5');
  await field(lead, 'name').getByRole('textbox').fill('Windrose');
  const box = field(lead, 'techniques').getByRole('combobox');
  await box.fill('spearphishing');
  await expect(box).toHaveAttribute('aria-expanded', 'true');
  await box.press('ArrowDown');
  await expect(box).toHaveAttribute('aria-activedescendant', /-0$/);
  await box.press('Enter');
  await expect(box).toHaveValue('');
  await box.fill('T1486');
  await box.press('Enter');
  await expect(lead.getByTestId('techniques-chosen').getByRole('listitem')).toHaveCount(2);
  await field(lead, 'indicators').getByRole('textbox').fill('192.0.2[.]7\nhxxps://evil.example/a\na hunch');
  await recognises(field(lead, 'indicators'));
  await field(lead, 'file').locator('input[type=file]').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('EXERCISE notes') });
  await expect(lead.getByTestId('file-have')).toContainText('notes.txt');
  await field(lead, 'one').getByLabel('Option a').check();
  await field(lead, 'some').getByLabel('Option b').check();
  await field(lead, 'decision').getByLabel('Option a').check();
  await field(lead, 'decision').getByRole('textbox').fill('It costs least.');
  await field(lead, 'text').getByRole('textbox').fill('We saw 192.0.2.7.');
  await expect(lead.getByTestId('wanted-left')).toHaveCount(0);
  await look(lead, 'answers-filled');
  await lead.getByRole('button', { name: 'Send the answer' }).click();
  await answer(lead).locator('summary').first().click();
  for (const said of ['Fraud: Phishing', 'High', '2026-11-22 04:30 UTC−04:00', '12.5', 'Windrose', 'T1486 Data Encrypted for Impact', '192.0.2[.]7', 'notes.txt', 'It costs least.']) {
    await expect(answer(lead)).toContainText(said);
  }
  await recognises(answer(lead));
});

test('a file that is not taken is refused in words, and the answer stays', async () => {
  await lead.getByRole('button', { name: 'Revise the answer' }).click();
  await field(lead, 'file').locator('input[type=file]').setInputFiles({ name: 'tool.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ\u0090\u0000'.padEnd(600, '\u0000'), 'latin1') });
  await expect(field(lead, 'file').getByRole('alert')).not.toBeEmpty();
  await expect(field(lead, 'text').getByRole('textbox')).toHaveValue('We saw 192.0.2.7.');
  await lead.getByTestId('answer-form').getByRole('button', { name: 'Cancel' }).click();
});

test('who may not send writes a draft; the lead lets them send', async () => {
  await player.getByTestId('inbox-every-field').click();
  await player.getByRole('button', { name: 'Revise the answer' }).click();
  await expect(player.getByTestId('draft-only')).toContainText('The answer is sent by Ana.');
  await expect(player.getByRole('button', { name: /^Send revision/ })).toHaveCount(0);
  await lead.locator('.side-tabs').getByRole('button', { name: 'Situation' }).click();
  await lead.getByRole('switch', { name: 'Ben may send answers' }).check();
  await expect(player.getByTestId('draft-only')).toHaveCount(0);
  await field(player, 'hosts').getByRole('textbox').fill('15');
  await player.getByRole('button', { name: 'Send revision 2' }).click();
  await expect(answer(lead)).toContainText('Received from Ben, revision 2');
  await lead.getByRole('switch', { name: 'Our team may be named' }).check();
  await look(lead, 'answers-people');
  await lead.getByRole('switch', { name: 'Ben may send answers' }).uncheck();
  await player.getByRole('button', { name: 'Revise the answer' }).click();
  await expect(player.getByTestId('draft-only')).toBeVisible();
});

test('a released result says what was given and why; the lead appeals, and reads the answer', async () => {
  const levels = { clarity: 2 };
  await give(judge, { type: 'mark', team: OUR_TEAM, inject: 'every-field', levels, feedback: FEEDBACK });
  await give(control, { type: 'end_ex' });
  await expect(lead.getByTestId('results-out')).toHaveCount(0);
  await give(judge, { type: 'release_scores', unfinished: true });
  await lead.getByTestId('results-out').getByRole('button').click();
  const result = lead.getByTestId('results');
  await expect(result.getByTestId('result-coverage')).toContainText(/attainable points\.\s+\d+ of \d+ injects count/);
  const inject = result.getByTestId('result-every-field');
  await inject.locator('summary').first().click();
  await expect(inject.getByTestId('scored-every-field')).toHaveAttribute('data-outcome', 'counted');
  for (const said of ['Quality, by evaluators', 'Is the early warning clear?', 'level 2 of 4: Clear in part', 'Question hosts', FEEDBACK]) await expect(inject).toContainText(said);
  await inject.getByText('Ask for a second look').click();
  await inject.getByLabel('What should be looked at again').fill('It was clear.');
  await inject.getByRole('button', { name: 'Send the appeal' }).click();
  await expect(inject.getByTestId('appeal')).toContainText('with the lead evaluator');
  await look(lead, 'answers-result');
  const item = (await cards(lead)).find(({ key }) => key.startsWith('appeal/'))?.card.item;
  await give(judge, { type: 'answer_appeal', item, upheld: false, answer: 'Two readers got lost.' });
  await expect(inject.getByTestId('appeal-answer')).toContainText('Not upheld');
  await expect(inject).toContainText('Two readers got lost.');
});
