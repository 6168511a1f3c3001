import { describe, expect, it } from 'vitest';
import openapi from '../../openapi.json';
import type { Act } from '../api/names';
import { mayWait } from './kept';

/** Every act there is; a new one does not compile until somebody decided here. */
const WAITS: Record<Act['type'], boolean> = {
  add_team: false,
  revoke_grant: false,
  start_ex: false,
  schedule_start: false,
  unschedule_start: false,
  cancel: false,
  set_rate: false,
  realign: false,
  jump: false,
  shift: false,
  fit_to_end: false,
  undo_fit: false,
  pause: false,
  resume: false,
  end_ex: false,
  release: false,
  skip_break: false,
  cut_link: false,
  restore_link: false,
  release_missed: false,
  skip_missed: false,
  skip: false,
  retime: false,
  hold: false,
  free: false,
  undo_release: false,
  recall: false,
  amend: false,
  add_inject: false,
  resend: false,
  excuse: false,
  extend: false,
  name_responsible: false,
  send_test: false,
  set_flag: false,
  set_variable: false,
  take_request: false,
  answer_request: false,
  send_message: false,
  decide_no_duff: false,
  lift_suspension: false,
  erase_part: false,
  name_delegate: false,
  give_consent: false,
  credit_outage: false,
  set_marking_policy: false,
  assign_marking: false,
  withdraw_mark: false,
  moderate: false,
  rate_objective: false,
  propose_adjustment: false,
  decide_adjustment: false,
  release_scores: false,
  deliver_for: true,
  mark: true,
  note_action: true,
  appeal: true,
  answer_appeal: true,
  submit_for: true,
  acknowledge_for: true,
  open_hint: true,
  ask_information: true,
  note_delivered: true,
  note_opened: true,
  acknowledge: true,
  submit: true,
  write_log: true,
  say: true,
  say_to_staff: true,
  write_to_peers: true,
  observe: true,
  raise_no_duff: true,
};

describe('an act', () => {
  it('waits for the line only if it comes as no surprise later', () => {
    for (const [type, waits] of Object.entries(WAITS)) expect([type, mayWait({ type } as Act)]).toEqual([type, waits]);
  });
  it('is decided on here whatever its type', () => {
    const types = openapi.components.schemas.Act.oneOf.map((one) => (one.properties ?? one.allOf.at(-1)?.properties)?.type?.enum[0]);
    expect(Object.keys(WAITS).sort()).toEqual(types.sort());
  });
});
