import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The file of a quarantined entry. */
export function findInQuarantine(folder: string, id: string): string {
  const name = readdirSync(join(folder, 'quarantine')).find((one) => one.startsWith(id));
  if (!name) throw new Error(`${id} is not in quarantine`);
  return join(folder, 'quarantine', name);
}
