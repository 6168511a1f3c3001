/** REST calls. Errors come as problem details and are thrown as `Problem`. */
import { learnRefusals } from '../language/language.svelte';
import type { ProblemBody } from './names';

export const BASE = '/api/v1';

/** A refused or failed request; `message` is what the server said in plain words. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly values: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** Path of the team's draft of an answer. */
export const draftPath = (exercise: string, seat: string, inject: string) => inExercise(exercise, seat, `/drafts/${encodeURIComponent(inject)}`);

async function request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method,
      credentials: 'same-origin',
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch {
    throw new Problem('unreachable', 0, '');
  }
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export async function problemOf(response: Response): Promise<Problem> {
  await learnRefusals();
  try {
    const body = (await response.json()) as Partial<ProblemBody>;
    return new Problem(body.code ?? 'unknown', response.status, body.detail ?? body.title ?? '', body.values);
  } catch {
    return new Problem('unknown', response.status, `${response.status} ${response.statusText}`);
  }
}

export const get = <T>(path: string, signal?: AbortSignal) => request<T>('GET', path, undefined, signal);
export const post = <T>(path: string, body?: unknown, signal?: AbortSignal) => request<T>('POST', path, body, signal);
export const put = <T>(path: string, body: unknown) => request<T>('PUT', path, body);
export const del = (path: string) => request<undefined>('DELETE', path);

/** Path of something inside an exercise, acted on from a seat. */
export function inExercise(exercise: string, seat: string, rest = '', query: Record<string, string | number> = {}): string {
  const parameters = new URLSearchParams({ seat });
  for (const [name, value] of Object.entries(query)) parameters.set(name, String(value));
  return `/exercises/${encodeURIComponent(exercise)}${rest}?${parameters}`;
}

/** Address of an attachment's bytes. */
export function fileUrl(exercise: string, seat: string, hash: string): string {
  return BASE + inExercise(exercise, seat, `/files/${encodeURIComponent(hash)}`);
}

/** Address of the live socket. */
export function socketUrl(exercise: string, seat: string, page: Location = location): string {
  const scheme = page.protocol === 'https:' ? 'wss:' : 'ws:';
  return `${scheme}//${page.host}${BASE}${inExercise(exercise, seat, '/socket')}`;
}
