/** Which acts may wait for the line. Pure. */
import type { Act } from '../api/names';

/**
 * What somebody wrote or learnt is worth as much later, and nobody should have to write it twice. Anything
 * else moves time, releases something or decides: minutes later it would come as a surprise, so it is done
 * now or not at all.
 */
const KEPT = new Set<Act['type']>([
  'note_delivered',
  'note_opened',
  'acknowledge',
  'submit',
  'submit_for',
  'acknowledge_for',
  'deliver_for',
  'open_hint',
  'ask_information',
  'write_log',
  'write_to_peers',
  'say',
  'say_to_staff',
  'observe',
  'mark',
  'note_action',
  'propose_action',
  'appeal',
  'answer_appeal',
  'raise_no_duff',
  'give_feedback',
  'add_to_hot_wash',
]);

export const mayWait = (act: Act): boolean => KEPT.has(act.type);
