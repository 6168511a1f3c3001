/** Capabilities of a CIRT, in the order of handling an incident. */
import type { Capability } from '../api/names';

const ALL: Record<Capability, true> = {
  triage_and_classification: true,
  analysis_and_forensics: true,
  containment_and_recovery: true,
  coordination_and_sharing: true,
  notification_and_reporting: true,
  advisory_and_public_communication: true,
  crisis_decision_making: true,
  evidence_and_record_keeping: true,
};
export const CAPABILITIES = Object.keys(ALL) as Capability[];
