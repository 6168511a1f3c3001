import { describe, expect, it } from 'vitest';
import { newsOf } from './news';

const title = (inject: string) => `the ${inject}`;
const fate = { inject: 'mail', team: 'us', reason: '', jumped: false, at: 0 };

describe('news', () => {
  it('names the inject that something became of', () => {
    expect(newsOf({ card: 'recalled', ...fate }, 'us', title)).toEqual({ key: 'news_recalled', values: { title: 'the mail' } });
    expect(newsOf({ card: 'resent', ...fate }, 'us', title)?.key).toBe('news_resent');
  });
  it('is what others wrote, not what we wrote', () => {
    const peer = { card: 'peer' as const, item: 'i', from_name: 'CIRT-2', to_names: ['CIRT-1'], to: [], text: { part: 'p', text: 'hi' }, tlp: 'green' as const, at: 0 };
    expect(newsOf({ ...peer, from: null }, 'us', title)).toEqual({ key: 'news_peer', values: { name: 'CIRT-2' } });
    expect(newsOf({ ...peer, from: 'us' }, 'us', title)).toBeNull();
  });
  it('is nothing for cards that only confirm', () => {
    expect(newsOf({ card: 'started', at: 0 }, 'us', title)).toBeNull();
  });
});
