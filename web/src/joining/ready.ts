/** The go/no-go list on this side. */
import type { ReadyLine } from '../api/names';

/** Lines that people look after; the server works out the others. */
export const BY_HAND: ReadonlySet<ReadyLine> = new Set<ReadyLine>(['briefing', 'paper', 'power', 'safety', 'deconfliction']);

/** What this device thinks the time is. Elsewhere the server's clock counts; here the two are held against each other. */
export const OWN_DEVICE = () => Date.now();
