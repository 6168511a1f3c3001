/** Team ids from names. Pure. */

/** A short id of small letters, digits and hyphens: `Port Meridian` becomes `port-meridian`. */
export function teamIdOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
}
