/** Conditions and triggers in words. Pure: `say` finds the words, so that they follow the language. */
import type { Condition, Inject, Trigger } from '../api/names';
import type { MessageKey } from '../language/language.svelte';
import { duration } from '../text/format';

export interface Words {
  say: (key: MessageKey, values?: Record<string, string | number>) => string;
  inject: (id: string) => string;
  flag: (id: string) => string;
  /** Label of an option of a field. */
  option: (inject: string, field: string, option: string) => string;
}

export function conditionWords(condition: Condition, words: Words): string {
  const { say, inject } = words;
  const each = (list: Condition[]) => list.map((one) => conditionWords(one, words)).join('; ');
  if ('all' in condition) return say('cond_all', { list: each(condition.all) });
  if ('any' in condition) return say('cond_any', { list: each(condition.any) });
  if ('not' in condition) return say('cond_not', { what: conditionWords(condition.not, words) });
  if ('flag' in condition) return say('cond_flag', { flag: words.flag(condition.flag) });
  if ('received' in condition) return say('cond_received', { inject: inject(condition.received) });
  if ('opened' in condition) return say('cond_opened', { inject: inject(condition.opened) });
  if ('acknowledged' in condition) return say('cond_acknowledged', { inject: inject(condition.acknowledged) });
  if ('answered' in condition) return say('cond_answered', { inject: inject(condition.answered) });
  if ('answer' in condition) {
    const { inject: id, field, includes } = condition.answer;
    return say('cond_answer', { inject: inject(id), option: words.option(id, field, includes) });
  }
  if ('silent' in condition) {
    return say('cond_silent', { inject: inject(condition.silent.inject), time: duration(condition.silent.for) });
  }
  if ('score' in condition) {
    const { inject: id, at_least, below } = condition.score;
    const from = (at_least ?? 0) / 10;
    const to = (below ?? 1000) / 10;
    return id ? say('cond_score_inject', { inject: inject(id), from, to }) : say('cond_score', { from, to });
  }
  if ('logged' in condition) return say('cond_logged', { count: condition.logged });
  if ('told_peers' in condition) return say('cond_told_peers', { count: condition.told_peers });
  const { of, meet } = condition.teams;
  const what = conditionWords(meet, words);
  if (of === 'all') return say('cond_teams_all', { what });
  return say('cond_teams_some', { count: of === 'any' ? 1 : of.at_least, what });
}

export function triggerWords(trigger: Trigger, words: Words, clock: (planTime: number) => string): string {
  switch (trigger.on) {
    case 'at':
      return words.say('trigger_at', { time: clock(trigger.at) });
    case 'after':
      return words.say('trigger_after', { time: duration(trigger.delay), inject: words.inject(trigger.inject) });
    case 'when':
      return words.say('trigger_when', { time: duration(trigger.delay), what: conditionWords(trigger.condition, words) });
    case 'manual':
      return words.say('due_manual');
  }
}

/** What an inject waits for, a line each: its trigger, and what must hold when it falls due. */
export function waitsFor(inject: Inject, words: Words, clock: (planTime: number) => string): string[] {
  const lines = [triggerWords(inject.trigger, words, clock)];
  if (inject.only_if) lines.push(words.say('only_if', { what: conditionWords(inject.only_if, words) }));
  return lines;
}
