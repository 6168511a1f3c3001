/** What each page must stand: two widths, two directions of writing, and the rules of accessibility. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const WIDTHS = [320, 1440];
const LANGUAGES = ['en', 'ar'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const HEIGHT = 900;

/**
 * Looks at a page narrow and wide, in English and in Arabic: nothing runs out of its side, axe finds
 * nothing serious, and a picture is kept where somebody may look at it. Leaves the page wide and in
 * English.
 */
export async function look(page: Page, name: string): Promise<void> {
  for (const language of LANGUAGES) {
    await speak(page, language);
    await lookAsItIs(page, `${name}-${language}`);
  }
  await speak(page, 'en');
}

/** The same in the language that the page is in. Leaves it wide. */
export async function lookAsItIs(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    const seen = `${name}-${width}`;
    if (!process.env.CI) await page.screenshot({ path: `results/${seen}.png`, fullPage: true });
    expect.soft(await overflow(page), `${seen} runs out of its side`).toBeLessThanOrEqual(0);
    // Each width and each direction once: what axe finds hangs on hardly anything else, and it takes longest.
    if ((width === WIDTHS[0]) === (await isRightToLeft(page))) expect.soft(await violations(page), `${seen} is not accessible`).toEqual([]);
  }
}

/** Chooses the language of a page, as a person does. */
export async function speak(page: Page, language: string): Promise<void> {
  await page.locator('select:has(option[value="ar"])').first().selectOption(language);
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

const isRightToLeft = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.dir === 'rtl');

/** By how many pixels a page is wider than its window. */
async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What axe calls serious or critical, with the places. */
async function violations(page: Page): Promise<string[]> {
  // What passes is not asked for: on a long page it is most of the report, and of the time.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(RULES);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
