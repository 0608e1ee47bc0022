/** What of a backup may leave the shop over the network: everything but the key files, and a manifest that says so. */
import { basename, join } from 'node:path';
import type { TarFile } from '../../platform/tar.ts';
import { BackupError, manifestName } from './manifest.ts';
import { manifestOf } from './sync-backups.ts';

export async function filesToHandOut(folder: string): Promise<TarFile[]> {
  const manifest = await manifestOf(folder);
  if (!manifest) throw new BackupError(`${folder} is not a backup`);
  const root = basename(folder);
  const files = [...manifest.tables, ...manifest.journal].map(({ path }) => ({
    name: `${root}/${path}`,
    path: join(folder, path),
  }));
  if (manifest.keys.length === 0)
    return [{ name: `${root}/${manifestName}`, path: join(folder, manifestName) }, ...files];
  const text = `${JSON.stringify({ ...manifest, keys: [] }, null, 2)}\n`;
  return [{ name: `${root}/${manifestName}`, path: Buffer.from(text) }, ...files];
}
