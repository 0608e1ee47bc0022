/** Browser storage that never throws: private windows and full disks must not break a shop. */
type Kind = 'local' | 'session';

function area(kind: Kind): Storage | undefined {
  try {
    return kind === 'local' ? window.localStorage : window.sessionStorage;
  } catch {
    return undefined;
  }
}

export function readStored<T>(kind: Kind, key: string, isValid: (value: unknown) => value is T): T | undefined {
  try {
    const raw = area(kind)?.getItem(key);
    if (raw == null) return undefined;
    const value: unknown = JSON.parse(raw);
    return isValid(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function writeStored(kind: Kind, key: string, value: unknown): void {
  try {
    area(kind)?.setItem(key, JSON.stringify(value));
  } catch {
    // Not remembered; the page works on with what it has in memory.
  }
}

export function removeStored(kind: Kind, key: string): void {
  try {
    area(kind)?.removeItem(key);
  } catch {
    // Nothing was stored.
  }
}
