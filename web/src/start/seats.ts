/** The seats taken on this device, so that people find back after closing the page. */
import type { Seat } from '../api/names';
import { recall, remember } from '../live/storage';

const KEY = 'dh.seats';
const KEPT = 20;
export type KeptSeat = Pick<Seat, 'exercise' | 'seat' | 'role' | 'name'> & { title: string };

export function seats(): KeptSeat[] {
  try {
    return JSON.parse(recall(KEY) ?? '[]') as KeptSeat[];
  } catch {
    return [];
  }
}

export function keepSeat(seat: Seat, title: string): void {
  const { exercise, role, name } = seat;
  const kept: KeptSeat = { exercise, seat: seat.seat, role, name, title };
  remember(KEY, JSON.stringify([kept, ...seats().filter((one) => one.seat !== seat.seat)].slice(0, KEPT)));
}
