/**
 * Has the browser keep the pages themselves (public/sw.js), where it can: over HTTPS and on this machine.
 * Over plain HTTP, and in private windows that refuse it, everything works but a reload without a line.
 */
const SETTLED = 3_000;

export async function keepPages(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  try {
    await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
    const { active } = await navigator.serviceWorker.ready;
    // The first page is loaded before anybody keeps it; what it was made of is in the browser's own cache.
    setTimeout(() => active?.postMessage({ loaded: filesOf(performance.getEntriesByType('resource'), location.origin) }), SETTLED);
  } catch {
    // Not here: nothing is kept.
  }
}

/** The client's own files among what was loaded. */
export function filesOf(entries: readonly { name: string }[], origin: string): string[] {
  const paths = entries.filter(({ name }) => name.startsWith(`${origin}/assets/`)).map(({ name }) => name.slice(origin.length));
  return [...new Set(paths)];
}
