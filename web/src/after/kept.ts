/** What is typed and not sent yet, kept on this device: a reload or a lost line loses none of it. */
import { forget, recall, remember } from '../live/storage';

export function kept<T extends object>(key: string): { read: () => Partial<T>; keep: (value: T) => void; drop: () => void } {
  return {
    read: () => {
      try {
        return (JSON.parse(recall(key) ?? '{}') as Partial<T> | null) ?? {};
      } catch {
        return {};
      }
    },
    keep: (value) => void remember(key, JSON.stringify(value)),
    drop: () => forget(key),
  };
}
