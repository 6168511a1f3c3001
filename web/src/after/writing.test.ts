import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Writing } from './writing.svelte';

interface Sheet {
  id: string;
  text: string;
}
const whole = (one: Partial<Sheet>): Sheet | null => (one.id ? { text: '', ...one, id: one.id } : null);
const opened = () => new Writing<Sheet>('dh.test', whole);

describe('what is being written', () => {
  beforeEach(() => {
    const held = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => held.set(key, value),
      removeItem: (key: string) => held.delete(key),
    });
  });
  it('is there when the part is opened again, with the team that it is about', () => {
    const first = opened();
    first.team = 'reds';
    first.open({ id: 'a', text: '' });
    first.keep({ id: 'a', text: 'Half a sent' });
    const again = opened();
    expect([again.team, again.sheet, again.fresh]).toEqual(['reds', { id: 'a', text: 'Half a sent' }, false]);
  });
  it('is gone once it is saved or cancelled', () => {
    const first = opened();
    first.open({ id: 'a', text: '' });
    first.keep({ id: 'a', text: 'Half' });
    first.close();
    expect([first.sheet, opened().sheet]).toEqual([null, null]);
  });
  it('is whole even where little of it was kept', () => {
    localStorage.setItem('dh.test', '{"team":"reds","sheet":{"id":"a"}}');
    expect(opened().sheet).toEqual({ id: 'a', text: '' });
    localStorage.setItem('dh.test', '{"team":"reds","sheet":{"text":"b"}}');
    expect([opened().sheet, opened().team]).toEqual([null, '']);
  });
});
