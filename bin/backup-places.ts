/** Which files of a shop belong into a backup, and where they go. */
import { join } from 'node:path';
import type { Config } from '../server/config.ts';
import { journalFolder } from '../server/context.ts';

export function backupPlaces(config: Config) {
  return {
    journalFolder: journalFolder(config),
    keyFiles: [
      { kind: 'master', path: config.masterKeyFile },
      { kind: 'channel', path: config.channelKeyFile },
      { kind: 'sandbox', path: join(config.dataDir, 'sandbox.secret') },
    ] as const,
  };
}

/** One line on a terminal that is written over; nothing elsewhere. */
export function progressLine(): { show(what: string): void; clear(): void } {
  const line = (text: string) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`);
  };
  return { show: (what) => line(what.slice(0, 100)), clear: () => line('') };
}
