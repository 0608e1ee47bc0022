/**
 * How far the journal of this machine has been compared. Kept in a file beside the journal, because it is about that
 * folder: a database brought back from a backup must not bring an old or new position with it.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilePosition, JournalCursor, JournalEntry } from '../../platform/journal/read-issue-journal.ts';

export interface ReadingState {
  cursor: JournalCursor;
  /** Every record at or behind this time (UTC ms) is ahead of the cursor. */
  until: number;
}

const fileOf = (folder: string, name: string) => join(folder, `${name}.state.json`);

/** Anything but a sound state begins again from the start, which costs time and misses nothing. */
export async function readState(folder: string, name: string): Promise<ReadingState> {
  const text = await readFile(fileOf(folder, name), 'utf8').catch(() => '{}');
  try {
    const { cursor, until } = JSON.parse(text) as Partial<ReadingState>;
    if (cursor && typeof until === 'number') return { cursor, until };
  } catch {
    // fall through
  }
  return { cursor: {}, until: 0 };
}

export async function writeState(folder: string, name: string, state: ReadingState): Promise<void> {
  const temporary = `${fileOf(folder, name)}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(state), { mode: 0o600 });
  await rename(temporary, fileOf(folder, name));
}

export async function forgetStates(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(fileOf(folder, name), { force: true });
}

/** Moves a cursor forward while it reads: in each file past what is older than `until`, never past anything younger. */
export function laggingCursor(from: JournalCursor, until: number) {
  const cursor: Record<string, FilePosition> = { ...from };
  const held = new Set<string>();
  return {
    cursor: cursor as JournalCursor,
    pass(entry: JournalEntry): void {
      if (held.has(entry.file)) return;
      if (entry.kind === 'broken' && entry.reason === 'file-missing') delete cursor[entry.file];
      else if (entry.kind === 'record' && entry.record.at >= until) held.add(entry.file);
      else if (entry.kind !== 'torn' && entry.after) cursor[entry.file] = entry.after;
    },
  };
}
