/** The rest of a facilitator's acts without a mouse, in a drill of its own: the tray, the line, talk, and the start and end of play. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { Hall, type Caller } from './hall.ts';
import { Keys } from './keys.ts';

const late = (n: number) => `  - {id: late-${n}, kind: contextual, at: ${n}m, player: {title: Late ${n}, body: It is late.}}`;
const SCENARIO = `format: 1
meta: {name: keyboard, title: By keyboard, tlp: clear, languages: [en], duration: 180m}
personas: [{id: harbour, name: The harbour master}]
variables: [{id: quay, title: Name of the quay, default: East Quay}]
breaks: [{id: tea, title: Tea, at: 100m, length: 5m}]
injects:
${[5, 6, 7, 8, 9].map(late).join('\n')}
  - {id: boat, kind: contextual, manual: true, audience: {teams: [alpha]}, player: {title: A boat is missing, body: 'It left {{quay}} at noon.'}}
`;

/** What is added when its time has passed. */
const past = {
  kind: 'contextual',
  trigger: { on: 'at', at: 60_000 },
  audience: 'all',
  priority: 'should',
  content: { title: {}, body: { en: 'It is past.' }, channel: 'control', from: null, attachments: [], form: null, for_guests: null },
  staff: { notes: {}, expected: [], objectives: [], responsible: null, keys: {}, samples: [], hints: [] },
};

test.describe.configure({ mode: 'serial' });
// What a page consists of, noted at every press of a key, takes longer than all the rest.
test.use({ trace: { mode: 'retain-on-failure', snapshots: false } });

let hall: Hall;
let player: Caller;
let control: Page;
let keys: Keys;
const faults: string[] = [];

const panel = () => control.getByTestId('inject-panel');
const tray = () => control.getByTestId('missed');
const clock = () => control.getByRole('region', { name: 'Clock', exact: true });
/** Where a team stands with the inject that is open. */
const standing = (team: string) => control.getByTestId('inject-teams').getByRole('listitem').filter({ hasText: team });

/** Comes in by a link, as somebody who was not there before. */
async function enter(browser: Browser, link: string): Promise<void> {
  control = await (await browser.newContext()).newPage();
  control.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  keys = new Keys(control);
  await control.goto(`${hall.base}${link}`);
  await control.locator('#name').fill('Control');
  await control.keyboard.press('Enter');
  await expect(clock()).toBeVisible({ timeout: 30_000 });
}

/** Opens an inject from the list, found by its words. */
async function look(words: string): Promise<void> {
  await keys.press('i');
  await keys.push(new RegExp(`${words}.*<BUTTON>`));
  await expect(panel()).toContainText(words);
}

test.beforeAll(async ({ browser }) => {
  hall = await Hall.open(SCENARIO);
  await hall.addTeam('alpha', 'Alpha', 'en');
  await hall.addTeam('bravo', 'Bravo', 'en');
  player = await hall.seat('player', 'alpha');
  await enter(browser, await hall.link('exercise_director'));
});

test.afterAll(() => hall?.close());
test.afterEach(() => {
  expect.soft(faults.splice(0), 'a page has failed inside').toEqual([]);
});

test('the start is armed, disarmed, and given', async () => {
  await keys.push(/^Schedule StartEx <BUTTON>/);
  // Day and month alike, and a morning: in whatever order a browser asks for them.
  await keys.to(/^StartEx at/);
  await keys.type('01012099');
  await keys.press('ArrowRight');
  await keys.type('1030A');
  await expect(control.getByLabel('StartEx at')).toHaveValue('2099-01-01T10:30');
  await keys.choose(/^Time zone/, 'UTC');
  await keys.push(/^Arm the start <BUTTON>/);
  await expect(control.getByTestId('scheduled')).toContainText('10:30');
  await keys.push(/^Disarm <BUTTON>/);
  await expect(control.getByTestId('scheduled')).toHaveCount(0);
  await keys.ask(/^StartEx <BUTTON>/, /^StartEx <BUTTON>/);
  await expect(clock()).toContainText('running');
});

test('what a jump leaves behind waits in the tray: one goes out, one gets a new time, one is skipped', async () => {
  await keys.press('j');
  await keys.to(/^To the next inject/);
  await keys.press('ArrowDown');
  await keys.write(/^New plan time/, '10:00');
  await keys.to(/^waits in the tray/);
  await expect(control.getByTestId('preview')).toContainText('Late 9');
  await keys.push(/^Jump <BUTTON>/);
  await expect(tray().getByRole('listitem')).toHaveText([5, 6, 7, 8, 9].map((n) => new RegExp(`Late ${n}`)));

  await keys.press('m');
  await expect(tray()).toBeFocused();
  await keys.ask(/^Release now: Late 7 <BUTTON>/, /^Release now <BUTTON>/, () => keys.tick(/^Wait ten seconds/));
  await expect(tray()).not.toContainText('Late 7');
  await keys.press('m');
  await keys.ask(/^Retime: Late 5 <BUTTON>/, /^Retime <BUTTON>/, () => keys.write(/^New plan time/, '90:00'));
  await expect(tray()).not.toContainText('Late 5');
  await expect(control.getByTestId('next-late-5')).toContainText('T+1:30:00');
  await keys.press('m');
  await keys.ask(/^Skip: Late 6 <BUTTON>/, /^Skip <BUTTON>/, keys.why('Said aloud'));
  await expect(tray()).not.toContainText('Late 6');
  await look('Late 6');
  await expect(standing('Bravo')).toContainText('Said aloud');
});

test('what is left in the tray goes out in order', async () => {
  await keys.press('m');
  await keys.push(/^Release all, in order… <BUTTON>/);
  await expect(keys.dialog().getByRole('listitem')).toHaveText([/Late 8.*2 teams/, /Late 9.*2 teams/]);
  await keys.push(/^Release all, in order <BUTTON>/);
  await expect(tray()).toHaveCount(0);
  await expect(keys.dialog()).toHaveCount(0);
  for (const words of ['Late 7', 'Late 9']) {
    await look(words);
    await expect(standing('Bravo')).toContainText('Control');
  }
});

test('all that waits is skipped at once', async () => {
  for (const id of ['past-1', 'past-2']) {
    await hall.director.act({ type: 'add_inject', inject: { ...past, id, content: { ...past.content, title: { en: id } } }, release: false });
  }
  await expect(tray().getByRole('listitem')).toHaveCount(2);
  await keys.press('m');
  await keys.ask(/^Skip all… <BUTTON>/, /^Skip all <BUTTON>/, keys.why('Overtaken'));
  await expect(tray()).toHaveCount(0);
  await look('past-2');
  await expect(standing('Alpha')).toContainText('Overtaken');
});

test('a break is left out', async () => {
  await keys.press('n');
  await keys.push(/^Leave out: .*Tea/);
  await expect(control.getByTestId('next-break')).toHaveCount(0);
});

test('a line is cut and restored, and a team that fell behind is realigned', async () => {
  await keys.ask(/^Cut the line: Alpha <BUTTON>/, /^Cut the line <BUTTON>/, keys.why('A squall took it'));
  await expect(control.getByTestId('line-alpha')).toContainText('A squall took it');
  await keys.push(/^Restore the line: Alpha <BUTTON>/);
  await expect(control.getByTestId('line-alpha')).toHaveCount(0);

  const row = control.getByTestId('clock-bravo');
  await keys.ask(/^Pause: Bravo <BUTTON>/, /^Pause <BUTTON>/, keys.why('No power'));
  await expect(row).toContainText('behind');
  await keys.push(/^Resume: Bravo <BUTTON>/);
  await keys.push(/^Realign: Bravo <BUTTON>/);
  await expect(control.getByTestId('preview')).toContainText('released');
  await keys.to(/^waits in the tray/);
  await keys.press('ArrowDown');
  await keys.push(/^Realign <BUTTON>/);
  await expect(keys.dialog()).toHaveCount(0);
  await expect(row).not.toContainText('behind');
});

test('a team gets its own word, and a test to oneself has it', async () => {
  await keys.push(/^Flags <BUTTON>/);
  await keys.ask(/^Change: Name of the quay, Alpha <BUTTON>/, /^Change <BUTTON>/, () => keys.write(/^English/, 'Fish Quay'));
  await expect(control.getByTestId('variables')).toContainText('Alpha: Fish Quay');
  await expect(control.getByTestId('variables')).toContainText('Bravo: East Quay');

  await look('A boat is missing');
  await keys.push(/^Test to myself… <BUTTON>/);
  await keys.choose(/^In the words for/, 'Alpha');
  await expect(control.getByTestId('test-view')).toContainText('It left Fish Quay at noon.');
  await keys.press('Escape');
  await expect(keys.dialog()).toHaveCount(0);
  await expect(standing('Alpha')).toContainText('by hand');
});

test('an inject goes to a team that the plan does not mean, is shown again, and has somebody who answers for it', async () => {
  await keys.ask(/^Release now… <BUTTON>/, /^Release now <BUTTON>/, async () => {
    await keys.push(/^Other teams <SUMMARY>/);
    await keys.tick(/^Bravo/);
    await keys.tick(/^Wait ten seconds/);
  });
  await expect(standing('Bravo')).toContainText('Control');
  await keys.ask(/^Show again… <BUTTON>/, /^Show again <BUTTON>/, () => keys.tick(/^Alpha/));
  await expect(standing('Bravo')).toContainText('shown again');
  await expect(standing('Alpha')).not.toContainText('shown again');
  await keys.choose(/^Responsible/, 'Control');
  await expect(panel().getByTestId('inject-status')).toContainText('Done.');
  await expect(panel().getByLabel('Responsible').locator('option:checked')).toHaveText('Control');
});

test('an inject is cloned and edited', async () => {
  await keys.push(/^Clone and edit… <BUTTON>/);
  await keys.write(/^Subject/, 'Another boat is missing');
  await keys.push(/^Add for later <BUTTON>/);
  await expect(control.locator('[data-inject-panel="boat-copy"]')).toContainText('Another boat is missing');
});

test('a role is spoken, a request is taken, and the next shift is left a note', async () => {
  const said = control.getByTestId('persona-desk').getByRole('listitem');
  await keys.press('t');
  await keys.push(/^Simulated senders <SUMMARY>/);
  await keys.choose(/^Team <SELECT>|^Team.*Bravo/, 'Bravo');
  await keys.choose(/^As/, 'The harbour');
  await keys.write(/^Message/, 'Who speaks for you?');
  await keys.push(/^Send <BUTTON>/);
  await expect(said).toHaveText(/The harbour master.*Who speaks for you\?/s);

  await player.act({ type: 'ask_information', text: 'Who owns the boat?', inject: null });
  await expect(control.getByTestId('requests')).toContainText('Who owns the boat?');
  await keys.press('r');
  await keys.push(/^Take it <BUTTON>/);
  await expect(control.getByTestId('requests')).toContainText('Control has it');

  await keys.push(/^Staff <BUTTON>/, true);
  await keys.write(/^Write to those who run/, 'Bravo has no power.');
  await keys.tick(/^A note for the next shift/);
  await keys.push(/^Send <BUTTON>/);
  await expect(control.getByRole('region', { name: 'For the next shift' })).toContainText('Bravo has no power.');
});

test('play ends, and another exercise is cancelled', async ({ browser }) => {
  await keys.ask(/^EndEx <BUTTON>/, /^EndEx <BUTTON>/);
  await expect(clock()).toContainText('ended');
  await control.close();

  const { exercise } = await hall.director.ask<{ exercise: string }>('POST', '/exercises', { yaml: SCENARIO });
  const director = hall.director.within(exercise);
  const { path } = await director.ask<{ path: string }>('POST', director.inside('/links'), { role: 'exercise_director', team: null, max_uses: 1 });
  await enter(browser, path);
  await keys.ask(/^Cancel the exercise… <BUTTON>/, /^Cancel the exercise <BUTTON>/, keys.why('The storm is real'));
  await expect(clock()).toContainText('The storm is real');
  await expect(clock()).toContainText('cancelled');
});
