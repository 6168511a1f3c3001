/** A drill day in the browser: set up by its organiser, joined by one link, entered twice, and left for good. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { Hall, type Caller } from './hall.ts';
import { look } from './look.ts';

const SCENARIO = (title: string, arabic: string) => `format: 1
meta: {name: small, title: {en: "${title}", ar: "${arabic}"}, tlp: green, languages: [en, ar], duration: 60m}
injects:
  - id: call
    kind: task
    manual: true
    player:
      title: {en: A call, ar: مكالمة}
      body: {en: Somebody calls., ar: أحدهم يتصل.}
      channel: phone
      form: {fields: [{id: answer, label: {en: What do you do?, ar: ماذا تفعل؟}, required: true, points: 10, long_text: {max_chars: 500}}]}
    staff:
      expected: [{en: They call back, ar: يعاودون الاتصال}]
`;
const MORNING = SCENARIO('Morning: a port without cranes', 'الصباح: ميناء بلا رافعات');
const NOON = SCENARIO('Afternoon: the minister asks', 'بعد الظهر: الوزير يسأل');

let hall: Hall;
let organiser: Page;
let ana: Page;
let day = '';
const exercises: string[] = [];
const faults: string[] = [];

test.describe.configure({ mode: 'serial' });

async function screen(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.stack ?? error.message}`));
  return page;
}

const tab = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const line = (page: Page, n: number) => page.getByTestId(`day-exercise-${exercises[n]}`);

test.beforeAll(async ({ browser }) => {
  hall = await Hall.open(MORNING);
  [organiser, ana] = [await screen(browser), await screen(browser)];
});

test.afterAll(() => hall.close());

test.afterEach(() => {
  expect.soft(faults.splice(0), 'a page has failed inside').toEqual([]);
});

test('an organiser gives a day its title, organisation and teams, two at once', async () => {
  await hall.signIn(organiser);
  await organiser.getByLabel('Title of the day').fill('Regional drill day');
  await organiser.getByRole('button', { name: 'Create drill day' }).click();
  await expect(organiser).toHaveURL(/\/programme\//);
  day = new URL(organiser.url()).pathname.split('/')[2] ?? '';
  await expect(organiser.getByTestId('exercise-band')).toContainText('EXERCISE');

  await tab(organiser, 'Teams').click();
  await organiser.getByLabel('Name of the organisation').fill('CIRT of Meridian');
  await organiser.getByLabel('Country').fill('tt');
  await organiser.getByRole('button', { name: 'Add organisation' }).click();
  await expect(organiser.getByTestId('day-organisations')).toContainText('Trinidad');
  await organiser.getByRole('button', { name: 'Add teams' }).click();
  const dialog = organiser.getByRole('dialog');
  await dialog.getByLabel('Teams, one a line').fill('Port Meridian, en, CIRT of Meridian\nIsla Serena, es, nobody we know');
  await expect(dialog.getByTestId('typed-teams')).toContainText('Line 2');
  await expect(dialog.getByRole('button', { name: 'Add teams' })).toBeDisabled();
  await dialog.getByLabel('Teams, one a line').fill('Port Meridian, en, CIRT of Meridian\nفريق الميناء, ar');
  await look(organiser, 'programme-add-teams');
  await dialog.getByRole('button', { name: 'Add teams' }).click();
  await expect(organiser.getByTestId('day-teams').getByRole('listitem')).toHaveCount(2);
  await look(organiser, 'programme-teams');
});

test('exercises of the day have their scenario and their planned start', async () => {
  await tab(organiser, 'Exercises').click();
  for (const [name, yaml] of [['morning', MORNING], ['noon', NOON]] as const) {
    await organiser.getByRole('button', { name: 'Add exercise' }).click();
    const dialog = organiser.getByRole('dialog');
    await dialog.getByLabel('Scenario', { exact: true }).selectOption(':file');
    await dialog.locator('input[type=file]').setInputFiles({ name: `${name}.yaml`, mimeType: 'application/yaml', buffer: Buffer.from(yaml) });
    await dialog.getByLabel('Planned start').fill('2027-03-01T09:00');
    await dialog.getByRole('button', { name: 'Add exercise' }).click();
    await expect(dialog).toHaveCount(0);
  }
  const lines = organiser.getByTestId('day-exercises').locator('li');
  await expect(lines).toHaveCount(2);
  for (const one of await lines.all()) exercises.push(((await one.getAttribute('data-testid')) ?? '').replace('day-exercise-', ''));
  await expect(line(organiser, 0)).toContainText('Led by director');
  await expect(line(organiser, 0)).toContainText('09:00');
  await look(organiser, 'programme-exercises');
});

test('one link, as text and as a QR code, opens both exercises to a player', async () => {
  await tab(organiser, 'Links').click();
  await organiser.getByRole('button', { name: 'Create link' }).click();
  await expect(organiser.getByTestId('qr')).toBeVisible();
  const address = await organiser.getByTestId('day-link-address').inputValue();
  expect(address).toContain('/day#');
  await look(organiser, 'programme-links');

  for (const _look of ['first', 'second']) {
    await ana.goto(address);
    await expect(ana.getByTestId('day-preview')).toContainText('Port Meridian');
    await ana.goto('about:blank');
  }
  await ana.goto(address);
  await look(ana, 'programme-door');
  await ana.getByLabel('Your name').fill('Ana');
  await ana.getByRole('button', { name: 'Join' }).click();
  await expect(ana).toHaveURL(new RegExp(`/programme/${day}$`));
  await expect(ana.getByTestId('day-you')).toContainText('Ana');
  await expect(line(ana, 1)).toContainText('planned');
  await look(ana, 'programme-person');
});

test('she enters the first, comes back, and enters the second', async () => {
  for (const n of [0, 1]) {
    await ana.goto(`${hall.base}/programme/${day}`);
    await line(ana, n).getByRole('button', { name: 'Enter' }).click();
    await expect(ana).toHaveURL(new RegExp(`/play/${exercises[n]}/`));
    await expect(ana.getByTestId('stage')).toHaveAttribute('data-stage', 'ready');
  }
  const director: Caller = hall.director.within(exercises[0] ?? '');
  await director.act({ type: 'start_ex' });
  await ana.goto(`${hall.base}/programme/${day}`);
  await expect(line(ana, 0)).toHaveAttribute('data-stage', 'running');
  await expect(line(ana, 0).getByRole('timer')).toContainText('T+');
  await expect(line(ana, 1)).toHaveAttribute('data-stage', 'ready');
});

test('the organiser who leads it goes to control from there', async () => {
  await organiser.goto(`${hall.base}/programme/${day}`);
  await line(organiser, 0).getByRole('button', { name: 'Open control room' }).click();
  await expect(organiser).toHaveURL(new RegExp(`/control/${exercises[0]}/`));
  for (const team of ['Port Meridian', 'فريق الميناء']) await expect(organiser.getByTestId('board')).toContainText(team);
});

test('results span the day', async () => {
  await organiser.goto(`${hall.base}/programme/${day}`);
  await tab(organiser, 'Results').click();
  await expect(organiser.getByTestId('day-scores')).toContainText('Port Meridian');
  await look(organiser, 'programme-results');
  const [report] = await Promise.all([organiser.waitForEvent('popup'), organiser.getByRole('link', { name: 'Page (HTML)' }).click()]);
  await expect(report.getByRole('heading', { level: 1 })).toContainText('Regional drill day');
  await expect(report.locator('body')).toContainText('EXERCISE EXERCISE EXERCISE');
  await report.close();
});

test('who is sent away is out of every exercise at once', async () => {
  await ana.goto(`${hall.base}/programme/${day}`);
  await line(ana, 0).getByRole('button', { name: 'Enter' }).click();
  await expect(ana.getByTestId('stage')).toHaveAttribute('data-stage', 'running');
  await tab(organiser, 'People').click();
  await look(organiser, 'programme-people');
  await organiser.getByRole('button', { name: /Send away.*Ana/ }).click();
  await organiser.getByRole('dialog').getByRole('button', { name: 'Send away' }).click();
  await expect(organiser.getByTestId('day-people')).toContainText('sent away');
  await expect(ana.getByText('This place is not yours')).toBeVisible();
  await ana.goto(`${hall.base}/programme/${day}`);
  await expect(ana.getByText('This day is not open on this device')).toBeVisible();
});
