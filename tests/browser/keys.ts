/** A page worked without a mouse: Tab, Enter, Space, typing and the keys of the page, and nothing else. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Presses of Tab after which nobody would look further. */
const MOST = 250;

export class Keys {
  constructor(readonly page: Page) {}

  press = (key: string): Promise<void> => this.page.keyboard.press(key);
  type = (text: string): Promise<void> => this.page.keyboard.type(text);
  dialog = (): Locator => this.page.getByRole('dialog');

  /** Presses Tab, or Shift and Tab, until a control has the focus that is called so: `Hold… <BUTTON>`. */
  async to(name: RegExp, back = false): Promise<void> {
    let stands = '';
    for (let presses = 0; presses < MOST; ) {
      const walk = await this.#walk(name, back);
      stands = walk.stands;
      if (walk.steps === 0) return;
      // What the page may have more of than was counted is found by looking again.
      for (let step = 0; step < Math.abs(walk.steps); step += 1) await this.press(walk.steps < 0 ? 'Shift+Tab' : 'Tab');
      presses += Math.abs(walk.steps);
    }
    throw new Error(`Tab never came to ${name}; it stands on ${stands}`);
  }

  /** Comes to a control and presses Enter. */
  async push(name: RegExp, back = false): Promise<void> {
    await this.to(name, back);
    await this.press('Enter');
  }

  /** Comes to a box and ticks it, or takes the tick away. */
  async tick(name: RegExp, back = false): Promise<void> {
    await this.to(name, back);
    await this.press('Space');
  }

  /** Comes to a field and writes over what is in it. */
  async write(field: RegExp, text: string, back = false): Promise<void> {
    await this.to(field, back);
    await this.press('Control+A');
    await this.type(text);
  }

  /** Comes to a choice and types the beginning of an option. */
  async choose(field: RegExp, option: string, back = false): Promise<void> {
    await this.to(field, back);
    await this.type(option);
  }

  /** An act that asks first: its dialog opens, `fill` says what it asks, its button is pressed. */
  async ask(opens: RegExp, does: RegExp, fill: () => Promise<void> = async () => {}, back = false): Promise<void> {
    // A list that is drawn anew between the look at the focus and the key takes the key: one presses again.
    await expect(async () => {
      await this.push(opens, back);
      await expect(this.dialog()).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 30_000 });
    await fill();
    await this.push(does);
    await expect(this.dialog()).toHaveCount(0);
  }

  /** Writes down why, where a dialog asks it. */
  why = (reason: string) => (): Promise<void> => this.write(/<TEXTAREA>/, reason);

  /** How often Tab takes the focus to what is called so; less than nothing where it is nearer backwards, nothing where it is there. */
  #walk(name: RegExp, back: boolean): Promise<{ stands: string; steps: number }> {
    return this.page.evaluate(
      ({ source, flags, back }) => {
        const name = new RegExp(source, flags);
        const called = (one: Element | null) => {
          const label = (one as HTMLInputElement | null)?.labels?.[0]?.textContent;
          return `${(one?.getAttribute('aria-label') || label || one?.textContent || '').trim()} <${one?.tagName}>`;
        };
        const focused = document.activeElement;
        const stands = called(focused);
        if (name.test(stands)) return { stands, steps: 0 };
        const around = document.querySelector('dialog[open]') ?? document;
        const unchecked = (one: Element) => one instanceof HTMLInputElement && one.type === 'radio' && !one.checked;
        const stops = Array.from(around.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]')).filter(
          (one) => one.tabIndex >= 0 && !one.matches(':disabled') && !unchecked(one) && one.checkVisibility({ visibilityProperty: true }),
        );
        // What has the focus by a key of the page, or after something went away, lies between two stops.
        const at = stops.indexOf(focused as HTMLElement);
        const follows = stops.findIndex((one) => (focused?.compareDocumentPosition(one) ?? 0) & Node.DOCUMENT_POSITION_FOLLOWING);
        const ahead = at >= 0 ? at + 1 : follows < 0 ? stops.length : follows;
        const [after, before] = [stops.slice(ahead), stops.slice(0, at >= 0 ? at : ahead)];
        const fits = (one: Element) => name.test(called(one));
        // The first that a round in this direction comes to; going there straight is never the longer way.
        const onward = (back ? after.findLastIndex(fits) : after.findIndex(fits)) + 1;
        const away = back ? before.findLastIndex(fits) : before.findIndex(fits);
        const there = away < 0 ? 0 : away - before.length;
        // Where it is nowhere, a step and a look: the page may be changing.
        const steps = back ? there || onward : onward || there;
        return { stands, steps: steps || (back ? -1 : 1) };
      },
      { source: name.source, flags: name.flags, back },
    );
  }
}
