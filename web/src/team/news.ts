/** What a card that has just come is worth saying aloud to a team, for people who cannot see it come. Pure. */
import type { Card } from '../api/names';
import type { MessageKey } from '../language/language.svelte';

export interface News {
  key: MessageKey;
  values: Record<string, string>;
}

/** `titleOf` names an inject of the team; `team` is the reader's own. */
export function newsOf(card: Card, team: string | null, titleOf: (inject: string) => string): News | null {
  switch (card.card) {
    case 'recalled':
    case 'resent':
    case 'excused':
    case 'extended':
      return { key: `news_${card.card}`, values: { title: titleOf(card.inject) } };
    case 'hint':
      return { key: 'news_hint', values: { title: titleOf(card.inject) } };
    case 'peer':
      return card.from === team ? null : { key: 'news_peer', values: { name: card.from_name } };
    case 'request_answer':
      return { key: 'news_request_answer', values: {} };
    case 'message':
      return { key: 'new_inject', values: { title: card.title } };
    case 'break':
      return { key: 'news_break', values: { title: card.title } };
    default:
      return null;
  }
}
