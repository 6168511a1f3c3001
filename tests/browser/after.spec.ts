/** After play: own timeline, hot wash, feedback, findings, improvement plan, and the release of reports. */
import { expect, type Browser, type Page } from '@playwright/test';
import { give, mint, send } from './act.ts';
import { look, lookAsItIs } from './look.ts';
import { test } from './server.ts';

test.describe.configure({ mode: 'serial' });
test.use({ drill: 'after', speed: '60' });

let team: Page;
let control: Page;
let lead: Page;
let reviewer: Page;
const faults: string[] = [];

async function screen(browser: Browser, link: string, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => faults.push(`${name}: ${error.stack ?? error.message}`));
  await page.goto(link);
  await page.locator('#name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL(/\/(play|control|after|marking)\//);
  return page;
}

const part = (page: Page, name: string) => page.getByRole('navigation', { name: 'Parts of this page' }).getByRole('button', { name });
const side = (page: Page, name: 'strength' | 'area') => page.locator(`section[data-side="${name}"]`);

test.afterEach(() => {
  expect.soft(faults.splice(0), 'a page has failed inside').toEqual([]);
});

test('play ends, and everybody is led to what comes after', async ({ browser, demo }) => {
  team = await screen(browser, demo.team, 'Ana');
  control = await screen(browser, demo.facilitator, 'Control');
  await expect(control.getByTestId('board').locator('[data-state="answered"]').nth(3)).toBeVisible({ timeout: 60_000 });
  await control.getByRole('link', { name: 'After play' }).click();
  await expect(control.getByRole('status').filter({ hasText: 'Play is still on' })).toBeVisible();
  await expect(part(control, 'Hot wash')).toHaveCount(0);
  await control.getByRole('link', { name: 'Back' }).click();
  await send(control, 'adhoc', 'Who answers at night?');
  await give(team, { type: 'acknowledge', inject: 'adhoc' });
  await give(team, { type: 'submit', inject: 'adhoc', answers: { what: { text: 'The duty officer' } }, composed_at: null });
  await give(team, { type: 'write_log', text: 'The operator was called', happened_at: null, inject: null, kind: 'action', tlp: null, corrects: null });
  lead = await screen(browser, await mint(control, 'lead_evaluator', null), 'Lead');
  reviewer = await screen(browser, await mint(control, 'reviewer', null), 'Reviewer');
  await give(control, { type: 'end_ex' });
  await control.getByRole('link', { name: 'After play' }).click();
  await lead.getByRole('link', { name: 'After play' }).click();
  await team.getByRole('link', { name: 'Play is over' }).click();
});

test('a team sees what came and what it did, and what was expected once that is released', async () => {
  const yours = team.getByTestId('yours');
  await expect(yours.locator('[data-yours]').nth(1)).toBeVisible();
  await expect(yours.locator('[data-yours="adhoc"]')).toContainText(/Answer 1 after .*, by Ana/);
  await expect(yours).toContainText('What was expected is told when scores are released.');
  await expect(yours.locator('[data-said="entry"]')).toContainText('The operator was called');
  await look(team, 'after-yours-before');
  await give(lead, { type: 'release_scores', unfinished: true });
  await expect(yours.getByRole('heading', { name: 'What was expected' }).first()).toBeVisible();
  await look(team, 'after-yours');
});

test('the board takes notes with and without a name, and is put in order', async () => {
  await part(team, 'Hot wash').click();
  const write = async (page: Page, kind: string, text: string, anonymous: boolean) => {
    const form = page.getByTestId('write-note');
    if (!(await form.getByRole('radio', { name: kind }).isVisible())) await form.getByText('Write a note').click();
    await form.getByRole('radio', { name: kind }).check();
    await form.getByLabel('In a sentence or two').fill(text);
    await form.getByRole('checkbox', { name: /Without my name/ }).setChecked(anonymous);
    await form.getByRole('button', { name: 'Put it on the board' }).click();
    await expect(form.getByTestId('note-status')).toContainText('It is on the board');
  };
  const unnamed = team.getByTestId('write-note').getByRole('checkbox', { name: /Without my name/ });
  await team.getByTestId('write-note').getByText('Write a note').click();
  await unnamed.check();
  await part(team, 'Feedback').click();
  await part(team, 'Hot wash').click();
  await expect(unnamed).toBeChecked();
  await team.reload();
  await part(team, 'Hot wash').click();
  await expect(unnamed).toBeChecked();
  await write(team, 'What to improve', 'We called the operator late', true);
  await write(team, 'What went well', 'One person kept the log', false);
  await part(control, 'Hot wash').click();
  await expect(side(control, 'area')).toContainText('We called the operator late');
  await expect(side(control, 'area').locator('article')).not.toContainText('Ana');
  await expect(side(control, 'strength').locator('article')).toContainText('Ana');
  await write(control, 'What to improve', 'The operator heard of it too late', false);
  const late = side(control, 'area').locator('article').filter({ has: control.locator('.words', { hasText: 'heard of it too late' }) });
  await late.getByRole('button', { name: 'Says the same as …: The operator heard of it too late' }).click();
  await late.getByRole('combobox').selectOption({ label: 'We called the operator late' });
  await expect(side(control, 'area').locator('article')).toHaveCount(2);
  await look(control, 'after-board-merge');
  await late.getByRole('button', { name: 'Put it under that one' }).click();
  await expect(side(team, 'area').locator('article')).toHaveCount(1);
  await expect(side(team, 'area')).toContainText('heard of it too late');
  await side(control, 'strength').getByRole('button', { name: 'Hide' }).click();
  await expect(side(team, 'strength')).toContainText('Nothing yet');
  await control.getByTestId('board-hidden').getByText('One hidden note').click();
  await look(control, 'after-board');
  await control.getByTestId('board-hidden').getByRole('button', { name: 'Show again' }).click();
  await expect(side(team, 'strength')).toContainText('One person kept the log');
  await side(team, 'strength').getByRole('button', { name: 'Take back' }).click();
  await expect(side(control, 'strength')).toContainText('Nothing yet');
});

test('feedback is given, survives a reload, is changed, and comes to sums without names', async () => {
  await part(team, 'Feedback').click();
  const form = team.getByTestId('feedback-form');
  await form.getByRole('radio', { name: 'Agree', exact: true }).first().check();
  await form.locator('textarea').first().fill('More time to read');
  await look(team, 'after-feedback');
  await team.reload();
  await part(team, 'Feedback').click();
  await expect(form.locator('textarea').first()).toHaveValue('More time to read');
  await form.getByRole('button', { name: 'Send the feedback' }).click();
  await expect(team.getByTestId('feedback-given')).toBeVisible();
  await team.getByRole('button', { name: 'Change it' }).click();
  await form.locator('textarea').first().fill('Much more time to read');
  await form.getByRole('button', { name: 'Send the feedback' }).click();
  await expect(form).toHaveCount(0);
  await part(control, 'Feedback').click();
  const sums = control.getByTestId('feedback-sums');
  await expect(sums).toContainText('Much more time to read');
  await expect(sums).not.toContainText('Ana');
  await expect(sums.getByRole('heading', { level: 2 })).toContainText(/^1 of \d+ gave feedback/);
  await look(control, 'after-feedback-sums');
});

test('drafts become findings, with their rows; people put them in order and sign them off', async () => {
  await part(lead, 'Strengths and areas').click();
  const drafts = lead.getByTestId('drafts').getByRole('listitem').filter({ has: lead.getByRole('button') });
  await expect(drafts.first()).toBeVisible();
  const before = await drafts.count();
  const editor = lead.getByTestId('finding-editor');
  for (const title of ['The log was kept', 'Peers were told']) {
    await drafts.first().getByRole('button', { name: 'Take it over and edit' }).click();
    await expect(editor.getByLabel('What was seen')).not.toHaveValue('');
    await editor.getByRole('radio', { name: 'Strength' }).check();
    await editor.getByLabel('In a few words').fill(title);
    await editor.getByRole('button', { name: 'Save' }).click();
    await expect(editor).toHaveCount(0);
  }
  await expect(drafts).toHaveCount(before - 2);
  const titles = side(lead, 'strength').getByRole('heading', { level: 3 });
  const order = await titles.allTextContents();
  await side(lead, 'strength').getByRole('button', { name: `Move up: ${order[1]}` }).click();
  await expect(titles.first()).toHaveText(order[1] ?? '');
  await lead.getByRole('button', { name: 'Sign off' }).click();
  await expect(lead.getByTestId('signed')).toContainText('Signed off by Lead');
  await look(lead, 'after-findings');
  await part(control, 'Strengths and areas').click();
  await side(control, 'strength').getByRole('button', { name: 'Edit' }).first().click();
  await control.getByTestId('finding-editor').getByLabel('Why it was so').fill('They had trained it');
  await part(control, 'Hot wash').click();
  await part(control, 'Strengths and areas').click();
  await expect(control.getByTestId('finding-editor').getByLabel('Why it was so')).toHaveValue('They had trained it');
  await look(control, 'after-finding-editor');
  await control.getByTestId('finding-editor').getByRole('button', { name: 'Save' }).click();
  await expect(lead.getByTestId('signed')).toContainText('Not signed off');
});

test('a row that a finding rests on is a way to it in the report', async () => {
  const row = side(control, 'strength').getByRole('link', { name: /^Row \d+ of the log$/ }).first();
  const number = await row.textContent();
  await row.click();
  await expect(control.locator(`#row-${number}`)).toBeInViewport();
  await control.getByRole('link', { name: 'After play' }).click();
});

test('an action of the improvement plan is agreed once somebody answers for it, and followed', async () => {
  await part(control, 'Improvement plan').click();
  await control.getByLabel('About').selectOption({ label: 'Harbour Reach (0)' });
  await control.getByRole('button', { name: 'Add an action' }).click();
  const editor = control.getByTestId('action-editor');
  await editor.getByLabel('What is to be done').fill('Keep the operator’s number at hand');
  await editor.getByRole('button', { name: 'Save' }).click();
  const action = control.locator('article[data-action]');
  await action.getByLabel('Where it stands').selectOption('agreed');
  await action.getByRole('button', { name: 'Set' }).click();
  await expect(action.getByTestId('action-status')).toContainText(/owner/i);
  await action.getByRole('button', { name: 'Edit' }).click();
  await editor.getByLabel('Organisation that does it').fill('The port');
  await control.reload();
  await part(control, 'Improvement plan').click();
  await expect(editor.getByLabel('Organisation that does it')).toHaveValue('The port');
  await editor.getByLabel('Done by').fill('2020-03-31');
  await editor.getByLabel('Cost').selectOption('low');
  await look(control, 'after-action-editor');
  await editor.getByRole('button', { name: 'Save' }).click();
  await action.getByLabel('Where it stands').selectOption('agreed');
  await action.getByRole('button', { name: 'Set' }).click();
  await expect(action).toContainText('agreed');
  await expect(action).toContainText('overdue');
  await look(control, 'after-improvement');
  await part(team, 'Improvement plan').click();
  await expect(team.locator('article[data-action]')).toContainText('The port');
});

test('nobody reads a report before it is released to them, and then that one alone', async () => {
  await expect(reviewer.getByTestId('reports')).toContainText('Nothing has been released to you yet');
  await part(team, 'Reports').click();
  await expect(team.getByTestId('reports')).toContainText('Nothing has been released to you yet');
  await look(reviewer, 'after-nothing');
  await part(control, 'Reports').click();
  const publish = control.getByTestId('publish');
  await publish.getByRole('radio', { name: 'Team report' }).check();
  for (const other of await publish.getByRole('group', { name: 'Teams that get theirs' }).getByRole('checkbox').all()) await other.setChecked(false);
  await publish.getByRole('checkbox', { name: 'Harbour Reach' }).check();
  await publish.getByRole('checkbox', { name: /^Reviewer/ }).check();
  await expect(publish.getByTestId('unsigned')).toContainText('Harbour Reach');
  await look(control, 'after-publish');
  await part(lead, 'Reports').click();
  await lead.getByTestId('publish').getByRole('radio', { name: 'Public' }).check();
  await lead.getByTestId('publish').getByRole('button', { name: 'Propose the release' }).click();
  await expect(lead.locator('[data-proposal]')).toContainText('not whoever proposed it');
  await control.locator('[data-proposal]').getByRole('button', { name: 'Decline' }).click();
  await control.getByRole('dialog').getByLabel('Why').fill('Let us read it once more');
  await control.getByRole('dialog').getByRole('button', { name: 'Decline' }).click();
  await expect(lead.locator('[data-proposal]')).toHaveCount(0);
  await publish.getByRole('button', { name: 'Propose the release' }).click();
  const waiting = lead.locator('[data-proposal]');
  await expect(waiting.getByRole('link', { name: 'Harbour Reach' })).toHaveAttribute('href', /[?&]at=\d+/);
  await look(lead, 'after-proposal');
  await waiting.getByRole('button', { name: 'Approve and release' }).click();
  for (const reader of [team, reviewer]) await expect(reader.locator('[data-release="team"]')).toContainText('Harbour Reach');
  await look(team, 'after-reports');
  await expect(reviewer.locator('[data-release]')).toHaveCount(1);
  const [page] = await Promise.all([team.context().waitForEvent('page'), team.getByRole('link', { name: 'Page (HTML)' }).click()]);
  await expect(page.locator('body')).toContainText('Harbour Reach');
  await expect(page.locator('body')).not.toContainText('DRAFT');
  await page.close();
  const paper = team.waitForEvent('download').then((file) => file.suggestedFilename());
  await team.getByRole('button', { name: 'Paper (PDF)' }).click();
  // What a server without the typesetter says is an answer, too.
  const said = team.getByTestId('reports').getByRole('status').filter({ hasText: 'cannot make PDF' }).waitFor().then(() => 'not built');
  expect(await Promise.race([paper, said])).toMatch(/^(EXERCISE-report\.pdf|not built)$/);
});

test('every version of the report stands the rules of accessibility, narrow and wide', async () => {
  const { pathname, origin } = new URL(control.url());
  const [, , exercise, seat] = pathname.split('/');
  const page = await control.context().newPage();
  for (const version of ['staff', 'team&team=harbour-reach', 'brief&team=harbour-reach', 'community', 'public']) {
    for (const language of ['en', 'ar']) {
      const answer = await page.request.get(`${origin}/api/v1/exercises/${exercise}/report.html?seat=${seat}&for=${version}&language=${language}`);
      // As a file would be: the server's own page runs no script, so nothing could look at it there.
      await page.setContent(await answer.text());
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await lookAsItIs(page, `report-${version.split('&')[0]}-${language}`);
    }
  }
  await page.close();
});

test('what is kept of people is theirs to see and to have erased, and the director says for how long', async () => {
  await part(team, 'Your data').click();
  const own = team.getByTestId('personal');
  await expect(own).toContainText('What the teams wrote stays.');
  const [download] = await Promise.all([team.waitForEvent('download'), own.getByRole('link', { name: 'What is kept of me' }).click()]);
  expect(download.suggestedFilename()).toBe('EXERCISE-my-data.json');
  await expect(own.getByTestId('erase-people')).toHaveCount(0);
  await look(team, 'after-personal');
  await own.getByRole('button', { name: 'Erase my name' }).click();
  await team.getByRole('dialog').getByRole('button', { name: 'Erase my name' }).click();
  await expect(own.getByRole('status')).toHaveText('Your name was erased.');

  await part(control, 'Your data').click();
  const data = control.getByTestId('personal');
  await data.getByLabel('Days after the end of play').fill('30');
  await data.getByRole('radio', { name: /every text that people wrote/ }).check();
  await data.getByRole('button', { name: 'Save' }).click();
  await expect(data.getByTestId('retention').getByRole('status')).toHaveText('Saved.');
  await expect(data).toContainText(/everything that people wrote and handed in, go on .?\d{4}-/);
  await data.getByRole('button', { name: /Erase what is personal of P-/ }).click();
  const dialog = control.getByRole('dialog');
  await dialog.getByRole('checkbox').check();
  await dialog.getByLabel('Reason, which the log keeps').fill('Asked to by mail');
  await dialog.getByRole('button', { name: 'Erase' }).click();
  await expect(data.getByTestId('erase-people').getByRole('status')).toHaveText(/^Erased: the name, [1-9]\d* texts, 0 files\.$/);
  await look(control, 'after-personal-director');
  await part(team, 'Your timeline').click();
  await expect(team.getByTestId('yours')).not.toContainText('The operator was called');
});
