/** Marking with the keyboard alone: 20 teams, 12 injects, one evaluator; then the release, as a team gets it. */
import { expect, test, type Page } from '@playwright/test';
import { Hall, type Caller } from './hall.ts';
import { look } from './look.ts';

const TEAMS = 20;
const INJECTS = 12;
const ANSWERS = TEAMS * INJECTS;

/** The last inject has two questions that people mark; all others have one. */
function scenario(): string {
  const injects = Array.from({ length: INJECTS }, (_, n) => {
    const second = n === INJECTS - 1 ? '\n          - {id: tell, label: Whom do you tell?, points: 10, long_text: {max_chars: 500}}' : '';
    return `  - id: task-${n + 1}
    kind: task
    manual: true
    player:
      title: Task ${n + 1}
      body: Something happened at gate ${n + 1}. **What do you do?**
      channel: mail
      form:
        fields:
          - {id: what, label: What do you do?, required: true, points: 10, long_text: {max_chars: 500}}${second}
    staff:
      objectives: [triage]
      expected: [They say who does what, They keep the evidence]`;
  });
  return `format: 1
meta: {name: marking, title: Twelve tasks, tlp: clear, languages: [en], duration: 60m}
objectives:
  - {id: triage, title: Tell an incident from noise, capability: triage_and_classification}
injects:
${injects.join('\n')}
`;
}

let hall: Hall;
let players: Caller[] = [];
let page: Page;
const faults: string[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  hall = await Hall.open(scenario());
  for (let n = 1; n <= TEAMS; n += 1) await hall.addTeam(`team-${n}`, `Team ${n}`, 'en');
  players = await Promise.all(Array.from({ length: TEAMS }, (_, n) => hall.seat('player', `team-${n + 1}`)));
  await hall.director.act({ type: 'start_ex' });
  for (let n = 1; n <= INJECTS; n += 1) await hall.director.act({ type: 'release', inject: `task-${n}`, teams: null });
  await Promise.all(
    players.map(async (player, team) => {
      for (let n = 1; n <= INJECTS; n += 1) {
        const what = { text: `Team ${team + 1} closes gate ${n}, keeps the logs and calls the duty officer.` };
        await player.act({ type: 'submit', inject: `task-${n}`, answers: { what, ...(n === INJECTS && { tell: { text: 'The ministry, by phone.' } }) }, composed_at: null });
      }
    }),
  );
  page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
});

test.afterAll(() => hall?.close());
test.afterEach(() => {
  expect.soft(faults.splice(0), 'a page has failed inside').toEqual([]);
});

async function join(role: string, name: string): Promise<void> {
  await page.goto(`${hall.base}${await hall.link(role)}`);
  await page.locator('#name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
}

const progress = () => page.getByTestId('progress');

/** The answer that is open, once it is another one. */
async function nextPaper(before: string): Promise<{ name: string; criteria: number }> {
  const found = await page.waitForFunction((before) => {
    const paper = document.querySelector<HTMLElement>('[data-testid="paper"]');
    const name = paper ? `${paper.dataset.inject}/${paper.dataset.team}` : before;
    return name === before ? null : { name, criteria: paper!.querySelectorAll('[role="radiogroup"]').length };
  }, before);
  return (await found.jsonValue())!;
}

test('one evaluator marks 240 answers with the keyboard alone', async () => {
  await join('evaluator', 'Eva');
  await expect(progress()).toHaveText(`0 of ${ANSWERS} marked`);
  let presses = 0;
  const press = async (key: string) => {
    presses += 1;
    await page.keyboard.press(key);
  };
  const begun = Date.now();
  let seen = '';
  for (let done = 0; done < ANSWERS; done += 1) {
    // Somebody who marks looks at the answer first.
    const paper = await nextPaper(seen);
    seen = paper.name;
    // Nine answers in ten are good; the others get a sentence that is kept for it.
    const level = done % 10 === 0 ? '2' : done % 2 === 0 ? '3' : '4';
    for (let n = 0; n < paper.criteria; n += 1) await press(level);
    if (level === '2') {
      await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
      await press('1');
      await press('Enter');
    }
  }
  await expect(progress()).toHaveText(`${ANSWERS} of ${ANSWERS} marked`);
  const seconds = (Date.now() - begun) / 1000;
  console.log(`${presses} keys for ${ANSWERS} answers: ${(presses / ANSWERS).toFixed(2)} keys an answer, in ${seconds.toFixed(0)} s`);
  await expect(page.getByTestId('all-done')).toBeVisible();
  expect(presses / ANSWERS).toBeLessThan(1.5);
});

test('a mark is taken back and given again', async () => {
  await page.keyboard.press('u');
  await expect(progress()).toHaveText(`${ANSWERS - 1} of ${ANSWERS} marked`);
  await page.keyboard.press('4');
  await page.keyboard.press('4');
  await expect(progress()).toHaveText(`${ANSWERS} of ${ANSWERS} marked`);
  await page.keyboard.press('?');
  await expect(page.getByTestId('keys')).toContainText('next answer');
  await page.keyboard.press('Escape');
});

test('a low level waits for its sentence, typed or kept', async () => {
  await page.keyboard.press('p');
  await page.keyboard.press('1');
  const field = page.locator('textarea');
  if ((await page.getByTestId('paper').getByRole('radiogroup').count()) > 1) await page.keyboard.press('1');
  await page.keyboard.press('f');
  await expect(field).toBeFocused();
  await field.fill('');
  await page.keyboard.type('Say more. /2');
  await expect(field).toHaveValue(/^Say more\. .{20,}/);
  await look(page, 'marking-sentence');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('beside a team, actions are ticked off', async () => {
  await page.getByRole('button', { name: 'Beside a team' }).click();
  const first = page.getByRole('listitem').filter({ hasText: 'They say who does what' }).first();
  await first.getByRole('button', { name: 'Met', exact: true }).click();
  await expect(first.getByRole('button', { name: 'Met', exact: true })).toHaveAttribute('aria-pressed', 'true');
});

test('the lead evaluator assigns, rates and releases, and a team gets its result', async () => {
  await hall.director.act({ type: 'end_ex' });
  await join('lead_evaluator', 'Lea');
  await page.getByRole('button', { name: /Lead evaluator/ }).click();
  const lead = page.getByRole('navigation', { name: 'Lead evaluator' });
  await expect(page.getByText('240 answers marked')).toBeVisible();
  await look(page, 'marking-assign');
  await lead.getByRole('button', { name: 'Ratings' }).click();
  await page.getByRole('button', { name: 'Confirm' }).first().click();
  await expect(page.getByText(/^Performed with/).first()).toBeVisible();
  await lead.getByRole('button', { name: 'Adjustments' }).click();
  await page.getByLabel('Points of the hundred').fill('2.5');
  await page.getByLabel('Why').fill('They helped another team');
  await page.getByRole('button', { name: 'Propose' }).click();
  await expect(page.getByText('waits for a second person')).toBeVisible();
  await lead.getByRole('button', { name: /Differences/ }).click();
  await lead.getByRole('button', { name: /Appeals/ }).click();
  await lead.getByRole('button', { name: 'Release' }).click();
  await expect(page.getByText('No mark is missing.')).toBeVisible();
  await look(page, 'marking-release');
  await page.getByTestId('release-scores').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Release the scores' }).click();
  await expect(page.getByText(/Scores were released on/)).toBeVisible();

  // Who is marked after whom is drawn anew each time, so the sentences of low levels may all be of any one team.
  let told = 0;
  for (const [n, player] of players.entries()) {
    const { cards } = await player.ask<{ cards: { key: string; card: Record<string, any> }[] }>('GET', player.inside('/snapshot'));
    const result = cards.find((one) => one.key === `result/team-${n + 1}`)?.card;
    expect(result?.score.score_milli).toBeGreaterThan(50_000);
    expect(result?.score.counted).toBe(INJECTS);
    told += Object.keys(result?.feedback ?? {}).length;
  }
  expect(told).toBeGreaterThan(0);
});
