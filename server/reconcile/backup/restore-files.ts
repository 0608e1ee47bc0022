/** Key files and issue journal of a backup -> their places. What is there is only replaced when it holds less. */
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type KeyFile, parseKeyFile } from '../../card/key-file.ts';
import { forgetStates } from '../journal/reading-state.ts';
import { completedStateName } from '../scans/database-against-journal.ts';
import { journalStateName } from '../scans/journal-against-database.ts';
import { BackupError, type Manifest } from './manifest.ts';
import { moveAside } from './restore-database.ts';

export interface FileTarget {
  journalFolder: string;
  keyFiles: readonly { kind: 'master' | 'channel' | 'sandbox'; path: string }[];
}

export async function restoreKeys(
  target: FileTarget,
  manifest: Manifest,
  folder: string,
  aside: string,
): Promise<void> {
  for (const saved of manifest.keys) {
    const path = target.keyFiles.find((file) => file.kind === saved.kind)?.path;
    if (!path) continue;
    const from = join(folder, saved.path);
    if (existsSync(path)) {
      if (saved.kind !== 'master' || (await holdsAll(path, from))) continue;
      await moveAside([path], aside);
    }
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await copyFile(from, path);
    await chmod(path, 0o600);
  }
}

/** The key file in place opens everything that the saved one opens: it is the same, or was rotated since. */
async function holdsAll(path: string, saved: string): Promise<boolean> {
  const [now, then] = await Promise.all([keysOf(path), keysOf(saved)]);
  if (!now || !then?.hashKey.equals(now.hashKey)) return false;
  return then.keys.every((key) => now.keys.some((one) => one.id === key.id && one.key.equals(key.key)));
}

async function keysOf(path: string): Promise<KeyFile | undefined> {
  try {
    return parseKeyFile(await readFile(path, 'utf8'), path);
  } catch {
    return undefined;
  }
}

/**
 * The journal on disk is newer than the backup or as old: its files only ever grow. So a file that is there stays, unless
 * it is shorter than the saved one, which only damage explains.
 */
export async function restoreJournal(
  { journalFolder }: FileTarget,
  manifest: Manifest,
  folder: string,
  aside: string,
): Promise<void> {
  await mkdir(journalFolder, { recursive: true, mode: 0o700 });
  for (const saved of manifest.journal) {
    const path = join(journalFolder, saved.name);
    if (!/^[\w.-]+$/.test(saved.name)) throw new BackupError(`not a journal file: ${saved.name}`);
    const there = await stat(path).catch(() => undefined);
    if (there && there.size >= saved.bytes) continue;
    if (there) await moveAside([path], join(aside, 'issue-journal'));
    await copyFile(join(folder, saved.path), path);
  }
  // What was compared was compared with another database.
  await forgetStates(journalFolder, [journalStateName, completedStateName]);
}
