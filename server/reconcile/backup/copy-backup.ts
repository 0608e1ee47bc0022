/** A second copy of a backup, best on another disk: proved whole there, and named only then. */
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readManifest } from './manifest.ts';

export async function copyBackup(folder: string, parent: string): Promise<string> {
  const target = join(parent, basename(folder));
  const draft = `${target}.unfinished`;
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await rm(draft, { recursive: true, force: true });
  await cp(folder, draft, { recursive: true, preserveTimestamps: true });
  await readManifest(draft);
  await rename(draft, target);
  return target;
}
