/**
 * The issue journal in files (docs/cards.md). Concurrent callers share one write and one fdatasync.
 *
 * Lives: no file -> open (first append) -> next part at 64 MB, the chain carried over -> closed.
 * A failed append rejects its callers, gives up the file and begins a new chain at the next append: after a failed
 * fsync the kernel may have dropped the pages, so trying the same file again could report success for lost records.
 */
import { LRUCache } from 'lru-cache';
import { createBatcher } from '../batcher.ts';
import type { Clock } from '../clock.ts';
import { randomToken } from '../ids.ts';
import type { IssueJournal, IssueRecord } from './issue-journal.ts';
import type { JournalCopy } from './journal-copy.ts';
import { createJournalFile, type JournalFile } from './journal-file.ts';
import { type ChainEnd, type ChainedRecord, chainLine, chainStart } from './journal-line.ts';

export interface FileIssueJournalOptions {
  /** data/issue-journal; several processes may share it. */
  folder: string;
  /** Names this process among those that share the folder, for example host and process id. */
  instance: string;
  clock: Clock;
  maxFileBytes?: number;
  /** A second place that gets the same lines before a call resolves. */
  copy?: Pick<JournalCopy, 'send'> | undefined;
  /** Replaced in tests by files that fail. */
  createFile?: typeof createJournalFile;
}

const defaultMaxFileBytes = 64 * 1024 * 1024;
/** Cards of recent orders, which buyers look at again and again: 200,000 pairs take 21 MB. */
const rememberedRecords = 200_000;

interface OpenChain {
  name: string;
  part: number;
  end: ChainEnd;
  file: JournalFile;
}

export function createFileIssueJournal(options: FileIssueJournalOptions): IssueJournal & { fsyncs(): number } {
  const { folder, clock, maxFileBytes = defaultMaxFileBytes, createFile = createJournalFile } = options;
  const instance = options.instance.replace(/[^\w.]+/g, '_').slice(0, 80);
  const known = new LRUCache<string, true>({ max: rememberedRecords });
  let open: OpenChain | undefined;
  let fsyncs = 0;
  let closed = false;

  async function ready(): Promise<OpenChain> {
    if (open && open.file.bytes < maxFileBytes) return open;
    if (open) return nextPart(open);
    // The random tail keeps two processes apart that were given the same name and started in the same millisecond.
    const name = `${instance}-${clock.now()}${randomToken().replace(/\W/g, '').slice(0, 6)}`;
    open = { name, part: 1, end: chainStart(name), file: await createFile(folder, { chain: name, part: 1 }) };
    return open;
  }

  async function nextPart({ name, part, end, file }: OpenChain): Promise<OpenChain> {
    open = undefined;
    await file.close().catch(() => undefined);
    open = { name, part: part + 1, end, file: await createFile(folder, { chain: name, part: part + 1 }) };
    return open;
  }

  async function write(calls: readonly (readonly IssueRecord[])[]): Promise<undefined[]> {
    const chain = await ready();
    let end = chain.end;
    let text = '';
    const chained: ChainedRecord[] = [];
    for (const record of calls.flat()) {
      const next = chainLine(end, record);
      text += next.line;
      chained.push({ ...record, seq: next.end.seq, prev: end.hash, hash: next.end.hash });
      end = next.end;
    }
    const copied = options.copy?.send(chain.name, chained);
    try {
      await chain.file.append(text);
    } catch (error) {
      open = undefined;
      await chain.file.abandon();
      throw error;
    }
    fsyncs++;
    chain.end = end;
    await copied;
    for (const record of calls.flat()) known.set(keyOf(record), true);
    return calls.map(() => undefined);
  }

  const batcher = createBatcher<readonly IssueRecord[], undefined>({
    name: 'issue-journal',
    run: write,
    mayBeOneMember: () => false, // the disk failed, not a record
    maxSize: 1024,
    maxQueue: 100_000,
  });

  async function append(records: readonly IssueRecord[]): Promise<void> {
    if (closed) throw new Error('the issue journal is closed');
    if (records.length > 0) await batcher.submit(records);
  }

  return {
    append,
    ensureRecorded: (records) => append(records.filter((record) => !known.get(keyOf(record)))),
    fsyncs: () => fsyncs,
    async close() {
      closed = true;
      await batcher.drained();
      await open?.file.close();
      open = undefined;
    },
  };
}

/** Card and order together: a card that turns up with another order must reach the journal, where the scan will see it. */
function keyOf(record: IssueRecord): string {
  return `${record.cardId}/${record.orderId}`;
}
