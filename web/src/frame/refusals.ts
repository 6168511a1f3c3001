/** Codes of refusals that are told in the same words: what to do is the same. */
const GONE = ['unknown_team', 'unknown_person', 'unknown_cohort', 'unknown_inject', 'unknown_flag', 'unknown_variable', 'unknown_hint', 'unknown_request', 'unknown_persona', 'unknown_entry', 'unknown_call', 'unknown_file', 'unknown_part', 'unknown_field', 'unknown_role', 'unknown_objective', 'unknown_break', 'unknown_criterion', 'unknown_action', 'unknown_appeal', 'unknown_adjustment', 'unknown_question', 'unknown_note', 'unknown_finding', 'unknown_row', 'unknown_corrective_action', 'unknown_proposal', 'unknown_account', 'unknown_session', 'unknown_invitation', 'unknown_exercise', 'unknown_organisation', 'not_found'];
const FAULT = ['bad_json', 'no_handshake', 'bad_query', 'bad_path', 'bad_frame', 'bad_key', 'key_reused', 'not_json', 'method_not_allowed', 'not_created', 'already_created', 'internal'];
const LATER = ['unavailable', 'timeout', 'not_ready', 'taken_over', 'too_many_frames', 'file_cut_off', 'file_too_slow'];

/** Code -> the key of its words, where that is not the code itself. */
export const SAME: Record<string, string> = Object.fromEntries(
  Object.entries({ gone: GONE, fault: FAULT, later: LATER }).flatMap(([key, codes]) => codes.map((code) => [code, key])),
);
