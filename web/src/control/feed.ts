/** The event feed: rows of the log and live frames as lines of one shape. Pure. */
import type { KeyedCard, LogRow, ServerFrame } from '../api/names';

type Frame = Extract<ServerFrame, { type: 'frame' }>;

export interface FeedLine {
  seq: number;
  at: number;
  kind: string;
  teams: string[];
  inject: string | null;
  person: string | null;
}

export function fromRow(row: LogRow): FeedLine {
  const body = row.body as Record<string, unknown>;
  return {
    seq: row.seq,
    at: row.at,
    kind: row.kind,
    teams: teamsOf(body),
    inject: textOf(body.inject),
    person: row.actor.startsWith('person/') ? row.actor.slice('person/'.length) : null,
  };
}

export function fromFrame(frame: Frame): FeedLine {
  const teams = new Set<string>();
  let inject: string | null = null;
  let person: string | null = null;
  for (const { key, card } of frame.cards) {
    const facts = (card ?? fromKey(key)) as Record<string, unknown>;
    for (const team of teamsOf(facts)) teams.add(team);
    inject ??= textOf(facts.inject);
    person ??= textOf(facts.by);
  }
  return { seq: frame.seq, at: frame.at, kind: frame.kind, teams: [...teams], inject, person };
}

/** Newest first, without doubles. */
export function merge(rows: readonly FeedLine[], live: readonly FeedLine[]): FeedLine[] {
  const bySeq = new Map<number, FeedLine>();
  for (const line of [...live, ...rows]) bySeq.set(line.seq, line);
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq);
}

function fromKey(key: KeyedCard['key']): Record<string, unknown> {
  const [type, first, second] = key.split('/');
  return ['pause', 'suspension', 'lost'].includes(type ?? '') ? { team: first } : { inject: first, team: second };
}

function teamsOf(facts: Record<string, unknown>): string[] {
  const { team, teams } = facts;
  if (typeof team === 'string') return [team];
  if (Array.isArray(teams)) return teams.filter((one): one is string => typeof one === 'string');
  return teams && typeof teams === 'object' ? Object.keys(teams) : [];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
