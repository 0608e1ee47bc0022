/**
 * Reads the journal of every process that wrote into a folder, verifying each chain on the way. Give back the positions
 * of the last reading to go on from there; a file that has got shorter, changed or vanished since is reported.
 */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { journalFileName, readJournalFileName } from './journal-file.ts';
import { type ChainEnd, type ChainedRecord, chainStart, follows, readLine } from './journal-line.ts';

/** How far a file has been read, and the state of its chain there. */
export interface FilePosition extends ChainEnd {
  /** Bytes, always just behind a line. */
  offset: number;
}
/** File name -> position. Keep it as JSON between readings. */
export type JournalCursor = Readonly<Record<string, FilePosition>>;

export type JournalEntry =
  | { kind: 'record'; file: string; record: ChainedRecord; after: FilePosition }
  /** The chain does not hold here. Reading goes on behind it; `after` is missing when the file itself is gone. */
  | { kind: 'broken'; file: string; offset: number; reason: BrokenReason; after?: FilePosition }
  /** An unfinished last line: a crash in the middle of a write, or a write under way. Nothing in it was acknowledged. */
  | { kind: 'torn'; file: string; offset: number };
export type BrokenReason = 'not-a-record' | 'not-next-in-chain' | 'file-shorter' | 'file-missing' | 'part-missing';

/** A line of ours has about 230. */
const maxLineBytes = 4096;

export async function* readIssueJournal(folder: string, cursor: JournalCursor = {}): AsyncGenerator<JournalEntry> {
  const files = await journalFiles(folder);
  const present = new Set(files.map((file) => file.name));
  for (const [file, { offset }] of Object.entries(cursor)) {
    if (!present.has(file)) yield { kind: 'broken', file, offset, reason: 'file-missing' };
  }
  /** Where the part before this one ended. */
  let previous: { chain: string; part: number; end: ChainEnd } | undefined;
  for (const { name, chain, part } of files) {
    let end: ChainEnd = chainStart(chain);
    if (part > 1 && previous?.chain === chain && previous.part === part - 1) end = previous.end;
    else if (part > 1 && !cursor[name]) {
      yield { kind: 'broken', file: name, offset: 0, reason: 'part-missing', after: { offset: 0, ...end } };
    }
    let position: FilePosition = cursor[name] ?? { offset: 0, ...end };
    for await (const entry of readFrom(join(folder, name), name, position)) {
      if (entry.kind !== 'torn' && entry.after) position = entry.after;
      yield entry;
    }
    previous = { chain, part, end: { seq: position.seq, hash: position.hash } };
  }
}

async function journalFiles(folder: string): Promise<{ name: string; chain: string; part: number }[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .flatMap((name) => {
      const parsed = readJournalFileName(name);
      return parsed && journalFileName(parsed) === name ? [{ name, ...parsed }] : [];
    })
    .sort((a, b) => (a.chain === b.chain ? a.part - b.part : a.chain < b.chain ? -1 : 1));
}

async function* readFrom(path: string, file: string, from: FilePosition): AsyncGenerator<JournalEntry> {
  let { offset } = from;
  let end: ChainEnd = { seq: from.seq, hash: from.hash };
  const { size } = await stat(path);
  if (size < offset) {
    yield { kind: 'broken', file, offset: size, reason: 'file-shorter', after: { offset: size, ...end } };
    return;
  }
  for await (const { bytes, length, whole } of linesOf(path, offset)) {
    if (!whole) {
      yield { kind: 'torn', file, offset };
      return;
    }
    const at = offset;
    offset += length + 1;
    const record = bytes && readLine(bytes.toString('utf8'));
    if (!record) {
      yield { kind: 'broken', file, offset: at, reason: 'not-a-record', after: { offset, ...end } };
      continue;
    }
    const next = follows(end, record);
    end = { seq: record.seq, hash: record.hash };
    if (!next) yield { kind: 'broken', file, offset: at, reason: 'not-next-in-chain', after: { offset, ...end } };
    yield { kind: 'record', file, record, after: { offset, ...end } };
  }
}

interface Line {
  /** Missing for a line longer than any we write: such a line is not ours, and must not fill the memory. */
  bytes: Buffer | undefined;
  length: number;
  /** False for a last line without its newline. */
  whole: boolean;
}

/** Lines of a file from an offset on. */
async function* linesOf(path: string, start: number): AsyncGenerator<Line> {
  let held: Buffer[] = [];
  let length = 0;
  const line = (whole: boolean): Line => ({
    bytes: length <= maxLineBytes ? Buffer.concat(held) : undefined,
    length,
    whole,
  });
  for await (const chunk of createReadStream(path, { start }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let newline = chunk.indexOf(10); newline >= 0; newline = chunk.indexOf(10, from)) {
      held.push(chunk.subarray(from, newline));
      length += newline - from;
      yield line(true);
      held = [];
      length = 0;
      from = newline + 1;
    }
    length += chunk.length - from;
    if (length <= maxLineBytes) held.push(chunk.subarray(from));
  }
  if (length > 0) yield line(false);
}
