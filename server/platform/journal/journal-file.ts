/**
 * The files of the journal: <instance>-<start>-<part>.jsonl. A chain belongs to one start of one process; its parts follow
 * each other when a file has grown large. A file is only ever made new and only ever appended to.
 */
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface JournalFileName {
  chain: string;
  part: number;
}

export function journalFileName({ chain, part }: JournalFileName): string {
  return `${chain}-${String(part).padStart(4, '0')}.jsonl`;
}

export function readJournalFileName(name: string): JournalFileName | undefined {
  const match = /^([\w.-]+)-(\d{4,})\.jsonl$/.exec(name);
  return match ? { chain: match[1] as string, part: Number(match[2]) } : undefined;
}

export interface JournalFile {
  readonly bytes: number;
  /** Appends and syncs. After a failure the file must not be used again: what of it reached the disk is unknown. */
  append(text: string): Promise<void>;
  close(): Promise<void>;
  /** Ends a file after a failed append: cuts off what was not acknowledged as far as the disk still lets us. */
  abandon(): Promise<void>;
}

/** Throws when a file of that name exists: never continue a file that another process began. */
export async function createJournalFile(folder: string, name: JournalFileName): Promise<JournalFile> {
  await makeFolder(folder);
  const path = join(folder, journalFileName(name));
  const handle = await open(path, 'ax', 0o600);
  let bytes = 0;
  try {
    await syncFolder(folder);
  } catch (error) {
    await discard();
    throw error;
  }

  async function discard(): Promise<void> {
    await handle.close().catch(() => undefined);
    await rm(path, { force: true }).catch(() => undefined);
  }

  return {
    get bytes() {
      return bytes;
    },
    async append(text) {
      const buffer = Buffer.from(text, 'utf8');
      await writeAll(handle, buffer);
      await handle.datasync();
      bytes += buffer.length;
    },
    close: () => handle.close(),
    async abandon() {
      if (bytes === 0) return discard();
      await handle.truncate(bytes).catch(() => undefined);
      await handle.close().catch(() => undefined);
    },
  };
}

/** A nearly full disk takes a part of a write before it refuses the rest. */
async function writeAll(handle: FileHandle, buffer: Buffer): Promise<void> {
  for (let done = 0; done < buffer.length; ) {
    const { bytesWritten } = await handle.write(buffer, done, buffer.length - done);
    if (bytesWritten === 0) throw new Error('the issue journal took no bytes');
    done += bytesWritten;
  }
}

async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made) await syncFolder(dirname(made));
}

/** The name of a new file is on disk only after its folder has been synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
