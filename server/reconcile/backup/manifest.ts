/** What a backup is: a folder with manifest.json, each table as gzipped lines of JSON, key files and the issue journal. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cell } from '../../platform/db/snapshot.ts';

export interface BackedUpFile {
  /** Within the backup, with forward slashes. */
  path: string;
  bytes: number;
  /** SHA-256, hex. */
  sha256: string;
}

export interface BackedUpTable extends BackedUpFile {
  name: string;
  columns: string[];
  rows: number;
}

export interface Manifest {
  format: 'cardwell-backup';
  version: 1;
  /** UTC ms of the moment it shows. */
  madeAt: number;
  region: string;
  /** Made before migrations were applied; absent otherwise. */
  why?: 'upgrade';
  /** Of the program that made it; absent in old ones. */
  program?: string;
  /** Migrations that shaped these tables, in order. */
  migrations: string[];
  tables: BackedUpTable[];
  keys: (BackedUpFile & { kind: 'master' | 'channel' | 'sandbox' })[];
  journal: (BackedUpFile & { name: string })[];
}

export const manifestName = 'manifest.json';

/** A sentence for the operator. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** Reads the manifest and compares every file with it: nothing is restored from a backup that is not whole. */
export async function readManifest(folder: string, onFile?: (path: string) => void): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => {
    throw new BackupError(`${folder} is not a backup: it has no ${manifestName}`);
  });
  let manifest: Manifest;
  try {
    manifest = JSON.parse(text) as Manifest;
  } catch {
    throw new BackupError(`${folder}/${manifestName} cannot be read`);
  }
  if (manifest.format !== 'cardwell-backup' || manifest.version !== 1) {
    throw new BackupError('this backup was made by a version of Cardwell that this one does not know');
  }
  for (const file of [...manifest.tables, ...manifest.keys, ...manifest.journal]) {
    onFile?.(file.path);
    const found = await hashFile(join(folder, file.path)).catch(() => undefined);
    if (found !== file.sha256) throw new BackupError(`the backup is damaged: ${file.path} is not what was written`);
  }
  return manifest;
}

export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** A row is a JSON array; bytes stand as {"b": base64}. */
export function rowLine(row: readonly Cell[]): string {
  return `${JSON.stringify(row.map((cell) => (cell instanceof Uint8Array ? { b: Buffer.from(cell).toString('base64') } : cell)))}\n`;
}

export function readRowLine(line: string): Cell[] {
  const cells = JSON.parse(line) as (string | number | null | { b: string })[];
  return cells.map((cell) => (typeof cell === 'object' && cell !== null ? Buffer.from(cell.b, 'base64') : cell));
}
