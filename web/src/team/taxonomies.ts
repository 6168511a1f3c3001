/** The lists that incident response classifies by, as the server has them; each is asked for once. */
import { get } from '../api/client';

export interface Technique {
  id: string;
  name: string;
  parent: { id: string; name: string } | null;
  tactics: string[];
}
interface Attack {
  version: string;
  notice: string;
  techniques: Technique[];
}
export interface IncidentClass {
  code: string;
  name: string;
  types: { code: string; name: string }[];
}

const names = new Map<string, Promise<string | null>>();
let classes: Promise<IncidentClass[]> | undefined;

/** Techniques that somebody may mean, the best first, and what has to be said beside them. */
export async function searchTechniques(words: string, signal: AbortSignal): Promise<Attack> {
  const found = await get<Attack>(`/taxonomies/attack?${new URLSearchParams({ q: words, limit: '12' })}`, signal);
  for (const technique of found.techniques) names.set(technique.id, Promise.resolve(techniqueWords(technique)));
  return found;
}

/** The name of a technique; none if the list has no such id, or cannot be read now. */
export function techniqueName(id: string): Promise<string | null> {
  const known = names.get(id);
  if (known) return known;
  const asked = get<Attack>(`/taxonomies/attack?${new URLSearchParams({ q: id, limit: '1' })}`).then(
    ({ techniques }) => {
      const found = techniques.find((technique) => technique.id === id);
      return found ? techniqueWords(found) : null;
    },
    () => {
      names.delete(id);
      return null;
    },
  );
  names.set(id, asked);
  return asked;
}

/** `Phishing: Spearphishing Link`, as MITRE writes parts of a technique. */
export function techniqueWords({ name, parent }: Technique): string {
  return parent ? `${parent.name}: ${name}` : name;
}

/** Classes and types of the Reference Security Incident Taxonomy. */
export function incidentClasses(): Promise<IncidentClass[]> {
  classes ??= get<{ classes: IncidentClass[] }>('/taxonomies/rsit').then(
    (list) => list.classes,
    (trouble: unknown) => {
      classes = undefined;
      throw trouble;
    },
  );
  return classes;
}

/** `Fraud: Phishing` of `fraud/phishing`; the code itself if the list has no such class. */
export function classWords(classes: readonly IncidentClass[], code: string): string {
  const [first = ''] = code.split('/');
  const found = classes.find((one) => one.code === first);
  if (!found) return code;
  const type = found.types.find((one) => one.code === code);
  return type ? `${found.name}: ${type.name}` : found.name;
}

/** An id of a technique as people type it: `t1566.1` is none, `t1566.001` is. */
export function techniqueId(typed: string): string | null {
  const id = typed.trim().toUpperCase();
  return /^T\d{4}(\.\d{3})?$/.test(id) ? id : null;
}
