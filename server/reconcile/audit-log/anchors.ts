/**
 * Where the chain of the audit log stood, written down outside the database: a line for each time that a worker looked and
 * found it longer, in a file of its machine. Whoever can only change the database cannot cut the end off unseen.
 */
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChainHead } from '../../platform/audit-chain.ts';

export interface Anchor extends ChainHead {
  /** UTC milliseconds. */
  at: number;
  /** `restored`: an operator says that the chain may be shorter than it was, for the database was brought back. */
  why: 'grown' | 'restored';
}

/** More than any line. */
const tailBytes = 8192;

/** In the folder of the issue journal, which is the one that must outlive everything. */
export const anchorsFolder = (journalFolder: string) => join(journalFolder, 'audit-log');
const fileOf = (journalFolder: string) => join(anchorsFolder(journalFolder), 'anchors.jsonl');

export async function writeAnchor(journalFolder: string, { seq, hash, at, why }: Anchor): Promise<void> {
  await mkdir(anchorsFolder(journalFolder), { recursive: true, mode: 0o700 });
  const file = await open(fileOf(journalFolder), 'a', 0o600);
  try {
    // The line break in front ends what a crash has left half-written.
    await file.appendFile(`\n${JSON.stringify({ seq, hash, at, why })}`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The last one of this machine. It vouches for everything before it, since each was on the chain when the next was made. */
export async function lastAnchor(journalFolder: string): Promise<Anchor | undefined> {
  const file = await open(fileOf(journalFolder), 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return undefined;
  try {
    return (await tailOf(file)).split('\n').map(readAnchor).findLast(Boolean);
  } finally {
    await file.close();
  }
}

async function tailOf(file: FileHandle): Promise<string> {
  const { size } = await file.stat();
  const from = Math.max(0, size - tailBytes);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(tailBytes), 0, tailBytes, from);
  return buffer.toString('utf8', 0, bytesRead);
}

function readAnchor(line: string): Anchor | undefined {
  try {
    const { seq, hash, at, why } = JSON.parse(line) as Partial<Anchor>;
    const sound = Number.isSafeInteger(seq) && typeof hash === 'string' && (why === 'grown' || why === 'restored');
    return sound ? ({ seq, hash, at: Number(at), why } as Anchor) : undefined;
  } catch {
    return undefined;
  }
}
