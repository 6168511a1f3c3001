import { beforeEach, describe, expect, it } from 'vitest';
import type { RecognisedCard } from '../api/names';
import { Recogniser } from './recogniser';

const card = (value: string): RecognisedCard => ({ kinds: { other: 1 }, shown: [{ kind: 'other', value }], more: 0 });

/** A server that answers when told, and time that passes when told. */
class Stage {
  asked: { text: string; signal: AbortSignal; answer: (card: RecognisedCard) => void; fail: () => void }[] = [];
  timers: (() => void)[] = [];
  shown: (string | null)[] = [];
  recogniser = new Recogniser(
    {
      ask: (text, signal) =>
        new Promise((answer, refuse) => {
          this.asked.push({ text, signal, answer, fail: () => refuse(new Error('no line')) });
        }),
      after: (_milliseconds, task) => {
        this.timers.push(task);
        return () => (this.timers = this.timers.filter((one) => one !== task));
      },
    },
    (recognised) => this.shown.push(recognised?.shown[0]?.value ?? null),
  );
  rest(): void {
    for (const task of this.timers.splice(0)) task();
  }
  async settle(task: () => void): Promise<void> {
    task();
    await new Promise((done) => setTimeout(done));
  }
}

describe('what is understood of indicators while they are typed', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });

  it('is asked for once nothing is typed for a moment', async () => {
    stage.recogniser.typed('192.0');
    stage.recogniser.typed('192.0.2.7');
    expect(stage.asked).toHaveLength(0);
    stage.rest();
    expect(stage.asked.map((one) => one.text)).toEqual(['192.0.2.7']);
    await stage.settle(() => stage.asked[0]?.answer(card('a')));
    expect(stage.shown).toEqual(['a']);
  });

  it('is not asked for again for spaces and empty lines', () => {
    stage.recogniser.typed('a\nb');
    stage.rest();
    stage.recogniser.typed(' a \n\nb\n');
    stage.rest();
    expect(stage.asked).toHaveLength(1);
  });

  it('is that of what stands there now, whenever answers come', async () => {
    stage.recogniser.typed('a');
    stage.rest();
    stage.recogniser.typed('b');
    stage.rest();
    await stage.settle(() => stage.asked[1]?.answer(card('b')));
    await stage.settle(() => stage.asked[0]?.answer(card('a')));
    expect(stage.asked[0]?.signal.aborted).toBe(true);
    expect(stage.shown).toEqual(['b']);
  });

  it('is nothing for an empty field, and nothing old when the server cannot be asked', async () => {
    stage.recogniser.typed('a');
    stage.rest();
    await stage.settle(() => stage.asked[0]?.answer(card('a')));
    stage.recogniser.typed('ab');
    stage.rest();
    await stage.settle(() => stage.asked[1]?.fail());
    stage.recogniser.typed('ab');
    stage.rest();
    await stage.settle(() => stage.asked[2]?.answer(card('ab')));
    stage.recogniser.typed('');
    expect(stage.shown).toEqual(['a', null, 'ab', null]);
  });
});
