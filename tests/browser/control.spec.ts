/** A facilitator's day: time, injects, the phone and NO DUFF, worked from one page; the first path with the keyboard alone. */
import { expect, type Browser, type Page } from '@playwright/test';
import { look } from './look.ts';
import { test } from './server.ts';

test.use({ drill: 'control' });
test.describe.configure({ mode: 'serial' });

const OUR_TEAM = 'harbour-reach';
const TITLE = 'The harbour master calls';

let control: Page;
let team: Page;
let player: Page;
const faults: string[] = [];

async function screen(browser: Browser, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => faults.push(`${name}: ${error.stack ?? error.message}`));
  return page;
}

async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.locator('#name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
}

const dialog = () => control.getByRole('dialog');
const focused = () => control.locator(':focus');

/** Presses Tab until the wanted control has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, name: RegExp, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    const words = await page.evaluate(() => {
      const one = document.activeElement as HTMLElement | null;
      return one?.getAttribute('aria-label') || one?.textContent?.trim() || '';
    });
    if (name.test(words)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${name}`);
}

test.beforeAll(async ({ browser }) => {
  [control, team, player] = [await screen(browser, 'control'), await screen(browser, 'team'), await screen(browser, 'player')];
});

test.afterEach(() => {
  expect.soft(faults.splice(0), 'a page has failed inside').toEqual([]);
});

test('control and a team come in', async ({ demo }) => {
  await join(team, demo.team, 'Ana');
  await join(control, demo.facilitator, 'Control');
  await expect(control.getByTestId('next-due').getByRole('listitem')).toHaveCount(5);
  await expect(control.getByTestId('team-clocks')).toContainText('Harbour Reach');
  await look(control, 'control-room');
});

test('a jump is previewed and made with the keyboard alone', async () => {
  await control.keyboard.press('?');
  await expect(control.getByTestId('keys')).toContainText('Jump, with a preview');
  await control.keyboard.press('Escape');
  await control.keyboard.press('j');
  await expect(control.getByTestId('preview')).toContainText(/would be released/);
  await look(control, 'jump');
  await tabTo(control, /^Jump$/);
  await control.keyboard.press('Enter');
  await expect(dialog()).toHaveCount(0);
  await control.keyboard.press('n');
  await expect(focused()).toContainText(/T[+−]\d/);
  await control.keyboard.press('i');
  await expect(focused()).toHaveAttribute('data-inject', /./);
});

test('one team is paused, falls behind and is realigned', async () => {
  const row = control.getByTestId(`clock-${OUR_TEAM}`);
  await row.getByRole('button', { name: 'Pause' }).click();
  await dialog().getByRole('textbox').fill('Their power is out');
  await dialog().getByRole('button', { name: 'Pause' }).click();
  await expect(row).toContainText('Their power is out');
  await expect(team.getByTestId('stage')).toHaveAttribute('data-stage', 'paused');
  await expect(row).toContainText('behind');
  await row.getByRole('button', { name: 'Resume' }).click();
  await row.getByRole('button', { name: 'Realign' }).click();
  await expect(control.getByTestId('preview')).toContainText(/released/);
  await dialog().getByRole('button', { name: 'Realign' }).click();
  await expect(dialog()).toHaveCount(0);
  await expect(row).not.toContainText('behind');
});

test('an inject is written, sent with a field, and answered by phone', async () => {
  await control.keyboard.press('a');
  const editor = control.getByTestId('editor');
  const english = editor.getByRole('group', { name: /English/ }).first();
  await english.getByLabel('Subject').fill(TITLE);
  await english.getByLabel('Message').fill('He asks **what to tell** the ferries.');
  await control.keyboard.press('Escape');
  await expect(dialog()).toHaveCount(0);
  await control.keyboard.press('a');
  await expect(editor.getByTestId('restored')).toBeVisible();
  await expect(english.getByLabel('Subject')).toHaveValue(TITLE);
  await editor.getByRole('button', { name: 'Add a field' }).click();
  await editor.getByTestId('editor-field').getByLabel('Question English').fill('What do you tell him?');
  await expect(editor.getByTestId('missing-languages')).toContainText('Français');
  await editor.getByRole('radio', { name: 'Some teams' }).check();
  await editor.getByRole('checkbox', { name: 'Harbour Reach' }).check();
  await expect(editor.getByTestId('missing-languages')).toHaveCount(0);
  await editor.getByRole('button', { name: 'Add a field' }).click();
  const choice = editor.getByTestId('editor-field').nth(1);
  await choice.getByLabel('Question English').fill('Do the ferries sail?');
  await choice.getByLabel('Type of answer').selectOption({ label: 'One option' });
  await choice.getByLabel('Options, one a line English').fill('They sail\nThey stay');
  await choice.getByRole('group', { name: 'Right answers' }).getByLabel('They stay').check();
  await editor.getByText('Hints').click();
  await editor.getByRole('button', { name: 'Add a hint' }).click();
  await editor.getByTestId('editor-hint').getByLabel('What it helps with English').fill('The ferries');
  await editor.getByTestId('editor-hint').getByLabel('The hint English').fill('Look at the tide.');
  await editor.getByText('For staff only').click();
  await editor.getByLabel('Expected actions, one a line').fill('They warn the ferries');
  await look(control, 'editor');
  await editor.getByRole('button', { name: 'Add and send' }).click();
  await control.getByTestId('armed').getByRole('button', { name: 'Send now' }).click();
  await expect(control.getByTestId('inject-panel')).toContainText(TITLE);
  await control.getByTestId('inject-panel').getByText('Expected actions').click();
  await expect(control.getByTestId('inject-panel')).toContainText('They warn the ferries');
  await expect(team.getByTestId('inbox')).toContainText(TITLE);
  await look(control, 'inject-panel');

  await control.getByTestId('inject-teams').getByRole('button', { name: /By phone or paper/ }).click();
  const form = control.getByTestId('phone-in');
  await form.getByLabel('Who called or handed it in').fill('Ana, by phone');
  await form.getByRole('textbox', { name: /What do you tell him/ }).fill('Stay in port.');
  await form.getByLabel('They stay').check();
  await form.getByRole('button', { name: 'Enter the answer' }).click();
  await expect(control.getByTestId('read-back')).toContainText(/[A-Z0-9]{3}-[A-Z0-9]{3}/);
  await control.getByTestId('read-back').getByRole('button', { name: 'Close' }).click();
  await expect(control.getByTestId('inject-teams')).toContainText('Ana, by phone');
});

test('an inject is recalled, and a correction is offered', async () => {
  await control.getByTestId('do-recall').click();
  await dialog().getByRole('textbox').fill('The wrong port');
  await dialog().getByRole('button', { name: 'Recall' }).click();
  await dialog().getByRole('button', { name: /Write a correction/ }).click();
  await expect(control.getByTestId('editor').getByLabel('Short id')).toHaveValue(/-correction$/);
  await control.keyboard.press('Escape');
  await expect(control.getByTestId('inject-teams')).toContainText('recalled');
});

test('a release waits ten seconds and can be undone', async () => {
  await control.keyboard.press('n');
  await control.getByTestId('next-due').getByRole('button', { name: /^Release now/ }).first().click();
  await dialog().getByRole('button', { name: 'Release now' }).click();
  await expect(control.getByTestId('armed')).toContainText('Goes out in');
  await control.getByTestId('armed').getByRole('button', { name: 'Undo' }).click();
  await expect(control.getByTestId('armed')).toHaveCount(0);
});

test('the plan is fitted to another end, and that is undone', async () => {
  await control.keyboard.press('f');
  // The break ahead takes five of these minutes.
  const soon = new Date(Date.now() + 9 * 60_000);
  await control.getByTestId('fit').getByLabel('End by').fill(new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'America/Port_of_Spain' }).format(soon));
  await expect(control.getByTestId('fit')).toContainText('dropped');
  await look(control, 'fit');
  await control.getByTestId('fit').getByRole('button', { name: 'Fit the plan' }).click();
  await control.getByTestId('fitted').getByRole('button', { name: 'Undo the fitting' }).click();
  await expect(control.getByTestId('fitted')).toHaveCount(0);
});

test('everything else that control sees stands in its place', async () => {
  const middle = control.getByRole('navigation', { name: 'Board and injects' });
  for (const [name, place] of [['Receipts', 'receipts'], ['Flags', 'flags']] as const) {
    await middle.getByRole('button', { name }).click();
    await expect(control.getByTestId(place)).toBeAttached();
    if (place === 'receipts') await look(control, place);
  }
  await control.keyboard.press('o');
  await control.keyboard.type('Asked the port twice before answering.');
  await control.keyboard.press('Control+Enter');
  await expect(control.getByTestId('notes')).toContainText('Asked the port twice');
  const side = control.getByRole('navigation', { name: 'Log, conversations and more' });
  await side.getByRole('button', { name: 'Staff' }).click();
  await control.getByLabel('Write to those who run the exercise').fill('Harbour Reach answers by phone.');
  await control.getByRole('checkbox', { name: 'A note for the next shift' }).check();
  await control.getByRole('button', { name: 'Send', exact: true }).locator('visible=true').click();
  await expect(control.getByRole('region', { name: 'For the next shift' })).toContainText('answers by phone');
  await look(control, 'staff');
});

test('a call of a player stops the team, and staff decide in writing', async () => {
  await control.getByRole('button', { name: 'Teams', exact: true }).click();
  const seat = control.url().split('/').filter(Boolean).slice(-2);
  const link = await control.evaluate(async ([exercise, own, ours]) => {
    const answer = await fetch(`/api/v1/exercises/${exercise}/links?seat=${own}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ role: 'player', team: ours, max_uses: 1 }),
    });
    return JSON.stringify(await answer.json());
  }, [seat[0], seat[1], OUR_TEAM]);
  const { path } = JSON.parse(link) as { path?: string };
  expect(path, link).toBeTruthy();
  await join(player, `${new URL(control.url()).origin}${path}`, 'Ben');
  await player.getByRole('button', { name: 'NO DUFF' }).click();
  await player.getByLabel('What has happened, and where').fill('Somebody fainted in room 4.');
  await player.getByLabel('Call-back number').fill('+1 868 555 0100');
  await player.getByRole('button', { name: 'Continue' }).click();
  await player.getByRole('button', { name: /this is real/ }).click();
  const alarm = control.getByTestId('alarms');
  await expect(alarm).toContainText('Somebody fainted');
  await expect(alarm).toContainText(/\d+ s until play stands for everybody/);
  await control.keyboard.press('x');
  await expect(alarm).toBeFocused();
  await tabTo(control, /^Only that team/);
  await control.keyboard.press('Enter');
  await control.keyboard.type('A medic is with them.');
  await tabTo(control, /^Only that team$/);
  await control.keyboard.press('Enter');
  await expect(alarm).toContainText('A medic is with them.');
  await look(control, 'alarm');
  await expect(team.getByTestId('suspension')).toBeVisible();
  await alarm.getByRole('button', { name: /Lift the suspension/ }).click();
  await dialog().getByRole('textbox').fill('The medic has left; all are well.');
  await dialog().getByRole('button', { name: 'Lift the suspension' }).click();
  await expect(team.getByTestId('suspension')).toHaveCount(0);
});

/** Raises NO DUFF from a page of a team. */
async function raise(page: Page, what: string): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByTestId('noduff').click();
  const again = page.getByRole('dialog').getByRole('button', { name: 'Raise another call' });
  await expect(again.or(page.getByLabel('What has happened, and where'))).toBeVisible();
  if (await again.isVisible()) await again.click();
  await page.getByLabel('What has happened, and where').fill(what);
  await page.getByLabel('Call-back number').fill('+1 868 555 0101');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: /this is real/ }).click();
}

test('a call that widened by itself and one of a lead are closed by the lift that names them', async () => {
  test.setTimeout(90_000);
  await raise(player, 'Smoke in the corridor.');
  const call = (words: string) => control.getByTestId('call').filter({ hasText: words });
  await expect(call('Smoke')).toHaveAttribute('data-standing', 'open');
  await expect(call('Smoke')).toHaveAttribute('data-standing', 'widened', { timeout: 45_000 });
  await raise(team, 'My chest hurts.');
  await expect(call('My chest')).toHaveAttribute('data-standing', 'open');
  const alarm = control.getByTestId('alarms');
  const lift = async (words: string) => {
    await alarm.locator('[data-scope=all]').click();
    await expect(dialog().getByRole('checkbox', { name: /Smoke/ })).toBeChecked();
    await expect(dialog().getByRole('checkbox', { name: /My chest/ })).not.toBeChecked();
    await dialog().getByRole('textbox').fill(words);
  };
  await lift('It was the kitchen.');
  await look(control, 'lift');
  await dialog().getByRole('button', { name: 'Lift the suspension' }).click();
  // Refused where it was asked, and what was written is still there.
  await expect(dialog()).toContainText('would stay open without an answer');
  await dialog().getByRole('textbox').fill('It was the kitchen; a doctor is with her.');
  await dialog().getByRole('checkbox', { name: /My chest/ }).check();
  await dialog().getByRole('button', { name: 'Lift the suspension' }).click();
  for (const words of ['Smoke', 'My chest']) {
    await expect(call(words)).toHaveAttribute('data-standing', 'lifted');
    await expect(call(words).getByRole('button')).toHaveCount(0);
  }
});
