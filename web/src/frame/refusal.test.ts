import { afterEach, describe, expect, it, vi } from 'vitest';
import { learnRefusals, show } from '../language/language.svelte';
import { refusal } from './refusal';

const refused = (code: string, values?: Record<string, string>, message = 'in English') => refusal({ ok: false, code, message, ...(values && { values }) });

vi.stubGlobal('document', { documentElement: {} });
afterEach(() => show('en'));

describe('a refusal', () => {
  it('is told in the reader’s language, with the stage it names', async () => {
    await show('fr');
    await learnRefusals();
    expect(refused('wrong_stage', { stage: 'paused' })).toContain('en pause');
    expect(refused('wrong_stage', { stage: 'ended' })).toContain('terminé');
    expect(refused('wrong_stage')).toContain('ce stade');
    await show('ru');
    expect(refused('jump_backwards', { now: '185000' })).toContain('T+03:05');
    expect(refused('shift_into_past', { most: '300000' })).toContain('05:00');
    expect(refused('already_released', { inject: 'x', at: '1795324115846' })).toContain('UTC');
  });
  it('shares words where what to do is the same', async () => {
    await learnRefusals();
    expect(refused('unknown_hint')).toBe(refused('unknown_flag'));
    expect(refused('timeout')).toContain('try again');
  });
  it('is told in the server’s words where a code is new', () => {
    expect(refused('brand_new')).toContain('In English');
  });
});
