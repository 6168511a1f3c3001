/** localStorage that may be full, switched off or absent: then nothing is remembered. */
export function recall(key: string): string | null {
  try {
    return globalThis.localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): boolean {
  try {
    globalThis.localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

export function forget(key: string): void {
  try {
    globalThis.localStorage.removeItem(key);
  } catch {
    // Nothing was kept, so nothing has to go.
  }
}

/** Every key that begins with a prefix. */
export function keysUnder(prefix: string): string[] {
  try {
    return Object.keys(globalThis.localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
