/**
 * A durable log of JSON records in a folder that several processes may share: each writes files of its own, hash-chained like
 * those of the issue journal, mode 0600, and a call resolves once its records are on disk. Concurrent callers share an fsync.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createBatcher } from '../batcher.ts';
import type { Clock } from '../clock.ts';
import { randomToken } from '../ids.ts';
import { createJournalFile, type JournalFile, journalFileName, readJournalFileName } from './journal-file.ts';

export interface RecordLog<T> {
  /** Resolves when the records are on disk, and rejects when they are not. */
  append(records: readonly T[]): Promise<void>;
  /** Ends the file that is open; the next record begins another. Files that nobody writes to can be cleared away. */
  endFile(): Promise<void>;
  close(): Promise<void>;
}

export interface RecordLogOptions {
  folder: string;
  /** Names this process among those that share the folder. */
  instance: string;
  clock: Clock;
}

interface ChainEnd {
  seq: number;
  hash: string;
}

export function createRecordLog<T>({ folder, instance, clock }: RecordLogOptions): RecordLog<T> {
  const name = instance.replace(/[^\w.]+/g, '_').slice(0, 80);
  let open: { file: JournalFile; end: ChainEnd } | undefined;
  let closed = false;

  async function ready(): Promise<{ file: JournalFile; end: ChainEnd }> {
    if (open) return open;
    const chain = `${name}-${clock.now()}${randomToken().replace(/\W/g, '').slice(0, 6)}`;
    open = { file: await createJournalFile(folder, { chain, part: 1 }), end: chainStart(chain) };
    return open;
  }

  async function end(): Promise<void> {
    const { file } = open ?? {};
    open = undefined;
    await file?.close();
  }

  const batcher = createBatcher<readonly T[] | 'end', undefined>({
    name: 'record-log',
    async run(calls) {
      const records = calls.flatMap((call) => (call === 'end' ? [] : call));
      if (records.length > 0) {
        const chain = await ready();
        let at = chain.end;
        let text = '';
        for (const record of records) {
          const next = lineOf(at, JSON.stringify(record));
          text += next.line;
          at = next.end;
        }
        try {
          await chain.file.append(text);
        } catch (error) {
          // After a failed fsync nothing is known of the file: it is given up, and the next call begins another.
          open = undefined;
          await chain.file.abandon();
          throw error;
        }
        chain.end = at;
      }
      if (calls.includes('end')) await end();
      return calls.map(() => undefined);
    },
    mayBeOneMember: () => false,
    maxSize: 1024,
    maxQueue: 100_000,
  });

  return {
    async append(records) {
      if (closed) throw new Error('the log is closed');
      if (records.length > 0) await batcher.submit(records);
    },
    endFile: async () => void (await batcher.submit('end')),
    async close() {
      closed = true;
      await batcher.drained();
      await end();
    },
  };
}

export type LogEntry =
  | { kind: 'record'; file: string; offset: number; value: unknown }
  /** The chain does not hold here, or the line is none of ours. `text` is what stands there. */
  | { kind: 'broken'; file: string; offset: number; text: string };

/** How far each file has been read. Kept by whoever reads again and again; in memory only. */
export type LogPositions = Map<string, ChainEnd & { offset: number }>;

/** Longer than any record: a callback may have 64 KiB, and JSON in JSON grows. */
const maxLineBytes = 1024 * 1024;

/**
 * What was added since `positions`, which moves on. An unfinished last line is left for the next reading: it was never
 * acknowledged. Behind a broken line the rest of the file is still read.
 */
export async function* readRecordLog(folder: string, positions: LogPositions): AsyncGenerator<LogEntry> {
  for (const file of await filesOf(folder)) {
    const position = positions.get(file) ?? { ...chainStart(readJournalFileName(file)?.chain ?? ''), offset: 0 };
    const { size } = await stat(join(folder, file)).catch(() => ({ size: 0 }));
    if (size <= position.offset) continue;
    for await (const { text, length } of wholeLines(join(folder, file), position.offset)) {
      const offset = position.offset;
      const parsed = readLine(text);
      const sound = parsed && parsed.seq === position.seq + 1 && parsed.prev === position.hash;
      position.offset += length + 1;
      if (parsed) Object.assign(position, { seq: parsed.seq, hash: parsed.hash });
      positions.set(file, { ...position });
      if (sound) yield { kind: 'record', file, offset, value: parsed.value };
      else yield { kind: 'broken', file, offset, text };
    }
  }
}

export async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => {
      const parsed = readJournalFileName(name);
      return parsed !== undefined && journalFileName(parsed) === name;
    })
    .sort();
}

async function* wholeLines(path: string, start: number): AsyncGenerator<{ text: string; length: number }> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const chunk of createReadStream(path, { start }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let newline = chunk.indexOf(10); newline >= 0; newline = chunk.indexOf(10, from)) {
      held.push(chunk.subarray(from, newline));
      length += newline - from;
      yield { text: length <= maxLineBytes ? Buffer.concat(held).toString('utf8') : '', length };
      held = [];
      length = 0;
      from = newline + 1;
    }
    length += chunk.length - from;
    if (length <= maxLineBytes) held.push(chunk.subarray(from));
  }
}

function chainStart(chain: string): ChainEnd {
  return { seq: 0, hash: createHash('sha256').update(`cardwell log ${chain}`).digest('base64url') };
}

function lineOf(end: ChainEnd, json: string): { line: string; end: ChainEnd } {
  const seq = end.seq + 1;
  const hash = hashOf(end.hash, seq, json);
  return { line: `${JSON.stringify({ seq, record: json, prev: end.hash, hash })}\n`, end: { seq, hash } };
}

function readLine(line: string): { seq: number; prev: string; hash: string; value: unknown } | undefined {
  try {
    const { seq, record, prev, hash } = JSON.parse(line) as Record<string, unknown>;
    if (typeof seq !== 'number' || typeof record !== 'string' || typeof prev !== 'string') return undefined;
    if (hash !== hashOf(prev, seq, record)) return undefined;
    return { seq, prev, hash, value: JSON.parse(record) as unknown };
  } catch {
    return undefined;
  }
}

function hashOf(prev: string, seq: number, json: string): string {
  return createHash('sha256').update(`${prev}\n${seq}\n${json}`).digest('base64url');
}
