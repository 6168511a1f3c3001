/**
 * Hostile texts in every place where somebody may write one: none of them runs, becomes an element of a page, or makes the
 * browser ask another site for something. The same list goes through what the server writes itself (tests/it/report/hostile.rs).
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { Hall, type Caller } from './hall.ts';

const { markup } = JSON.parse(readFileSync(new URL('../hostile.json', import.meta.url), 'utf8')) as { markup: string[] };
/** All of them in one text, as far as a text may be long. */
const all = markup.join('\n\n');
const short = markup.filter((text) => text.length <= 60);

const text = (value: string) => JSON.stringify(value);
const SCENARIO = `format: 1
meta: {name: hostile, title: ${text(markup[0] ?? '')}, summary: ${text(all)}, tlp: clear, languages: [en], duration: 60m}
personas:
  - {id: sender, name: ${text(short[1] ?? '')}, organisation: ${text(short[2] ?? '')}}
phases:
  - {id: first, title: ${text(short[0] ?? '')}, from: 0m, situation: ${text(all)}}
injects:
  - id: call
    kind: task
    manual: true
    player:
      title: ${text(short[0] ?? '')}
      body: ${text(all)}
      from: sender
      channel: mail
      form:
        acknowledge: true
        fields:
          - {id: which, label: ${text(short[1] ?? '')}, help: ${text(short[2] ?? '')}, choice: [{id: a, label: ${text(short[3] ?? '')}}, {id: b, label: B}]}
          - {id: why, label: Why, long_text: {max_chars: 4000}}
`;

let hall: Hall;
let lead: Caller;
const asked: string[] = [];

/** A page on which nothing may run that is not ours. */
async function screen(browser: Browser, role: string, team?: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('dialog', (dialog) => expect.soft(dialog.message(), 'a dialog was opened').toBe(''));
  page.on('request', (request) => {
    if (!request.url().startsWith(hall.base) && !request.url().startsWith('data:')) asked.push(request.url());
  });
  await page.goto(hall.base + (await hall.link(role, team)));
  await page.locator('#name').fill((short[4] ?? '').slice(0, 80));
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL(/\/(play|control|wall|marking)\//);
  return page;
}

async function clean(page: Page, what: string): Promise<void> {
  const found = await page.evaluate(() => {
    const every = Array.from(document.querySelectorAll('*'));
    const handlers = every.filter((element) => element.getAttributeNames().some((name) => name.startsWith('on')));
    const foreign = every.filter((element) => element.matches('iframe, object, embed, base, meta[http-equiv=refresh], form[action*="evil"], img[src="x"], math, svg script, details[ontoggle]'));
    const inline = Array.from(document.scripts).filter((script) => !script.src);
    const links = every.filter((element) => element.matches('a[href]')).map((link) => link.getAttribute('href') ?? '').filter((href) => !/^(\/|#|https?:|mailto:|blob:)/.test(href));
    return {
      ran: 'canary' in window,
      elements: [...handlers, ...foreign, ...inline].map((element) => element.outerHTML.slice(0, 120)),
      links,
    };
  });
  expect.soft(found, what).toEqual({ ran: false, elements: [], links: [] });
}

test.beforeAll(async () => {
  hall = await Hall.open(SCENARIO);
  await hall.addTeam('reds', short[5] ?? 'reds', 'en');
  await hall.director.act({ type: 'start_ex' });
  await hall.director.act({ type: 'release', inject: 'call', teams: null });
  lead = await hall.seat('team_lead', 'reds');
  const why = { text: all.slice(0, 3900) };
  await lead.act({ type: 'submit', inject: 'call', answers: { which: { choice: 'a' }, why }, composed_at: null });
  for (const said of markup) {
    await lead.act({ type: 'say', team: null, text: said });
    await lead.act({ type: 'write_log', text: said, happened_at: null, inject: null });
  }
  await hall.director.act({ type: 'send_message', team: null, title: { en: short[0] ?? '' }, body: { en: all.slice(0, 3900) }, persona: null });
  await hall.director.act({ type: 'say', team: 'reds', text: all.slice(0, 1900) });
});

test.afterAll(() => hall?.close());

test.afterEach(() => expect.soft(asked.splice(0), 'another site was asked for something').toEqual([]));

test("nothing runs on a team's page", async ({ browser }) => {
  const page = await screen(browser, 'player', 'reds');
  await page.getByTestId('inbox-call').click();
  // The text is there, as a text.
  await expect(page.getByText('window.canary=1').first()).toBeVisible();
  await clean(page, 'the inject');
  for (const tab of await page.locator('.side-tabs button').all()) {
    await tab.click();
    await clean(page, `beside it: ${await tab.innerText()}`);
  }
});

test('nothing runs in the control room, on the wall, at the desk and after play', async ({ browser }) => {
  const control = await screen(browser, 'facilitator');
  await expect(control.getByText('canary').first()).toBeVisible();
  await clean(control, 'control');
  for (const card of await control.getByRole('button').all()) {
    // Whatever opens a part of the page; what acts asks first.
    if ((await card.getAttribute('aria-expanded')) === 'false' && (await card.isVisible())) await card.click();
  }
  await clean(control, 'control, opened');
  const wall = await screen(browser, 'observer');
  await clean(wall, 'the wall');
  await hall.director.act({ type: 'end_ex' });
  const marker = await screen(browser, 'lead_evaluator');
  await clean(marker, 'the desk');
  for (const kind of ['report', 'after']) {
    await control.goto(control.url().replace(/\/(control)\//, `/${kind}/`));
    await expect(control.getByRole('heading').first()).toBeVisible();
    await clean(control, kind);
  }
});

test('nothing runs in the report that the server writes', async ({ browser }) => {
  const control = await screen(browser, 'facilitator');
  const [, exercise, seat] = /control\/([^/]+)\/([^/?#]+)/.exec(control.url()) ?? [];
  await control.goto(`${hall.base}/api/v1/exercises/${exercise}/report.html?seat=${seat}`);
  await expect(control.getByText('EXERCISE').first()).toBeVisible();
  await clean(control, 'the report');
});
