/**
 * Keeps a copy of this folder's journal lines in another database (CARDWELL_JOURNAL_URL), where disks come and go and several
 * machines must know what each has handed out. A line is sent before its issue is acknowledged. The file is the one that
 * must take it; while the other database is away the file alone does, and what is missing there is sent later.
 */
import { type Clock, sleep } from '../clock.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../observe/log.ts';
import { type CopiedRecord, copiedUpTo, copiesSince, insertCopies, makeCopyTable } from './journal-copy-store.ts';
import { readJournalFileName } from './journal-file.ts';
import type { ChainedRecord } from './journal-line.ts';
import { readIssueJournal } from './read-issue-journal.ts';

export interface JournalCopy {
  /** Resolves when the lines are there, or when it is clear that they will have to be sent later. Never rejects. */
  send(chain: string, records: readonly ChainedRecord[]): Promise<void>;
  /** Sends what the folder has and the copy has not. @returns how many lines */
  catchUp(): Promise<number>;
  /** What other machines have handed out since then (UTC ms), and this one. */
  recordsSince(sinceMs: number): AsyncGenerator<CopiedRecord>;
  close(): Promise<void>;
}

/** A buyer waits at most this long for the second place. */
const sendWithinMs = 1000;
/** After a failure it is left in peace for a moment. */
const restMs = 5000;
const pageRows = 1000;

export function createJournalCopy(parts: { database: Database; folder: string; clock: Clock; log: Log }): JournalCopy {
  const { database, folder, clock, log } = parts;
  let restUntilMs = 0;
  let table: Promise<void> | undefined;

  function ready(): Promise<void> {
    table ??= makeCopyTable(database).catch((error) => {
      table = undefined;
      throw error;
    });
    return table;
  }

  async function write(chain: string, records: readonly ChainedRecord[], deadlineMs: number): Promise<void> {
    await ready();
    await database.transact('journal.copy', (tx) => insertCopies(tx, chain, records), { deadlineMs });
  }

  return {
    async send(chain, records) {
      if (clock.monotonicMs() < restUntilMs) return;
      const sent = write(chain, records, sendWithinMs).then(
        () => true,
        () => false,
      );
      if (await Promise.race([sent, sleep(sendWithinMs).then(() => false)])) return;
      restUntilMs = clock.monotonicMs() + restMs;
      log.warn(
        { lines: records.length },
        'the second place of the issue journal does not answer; it is caught up later',
      );
    },
    async catchUp() {
      await ready();
      const known = await copiedUpTo(database.read);
      let sent = 0;
      let waiting: { chain: string; records: ChainedRecord[] } = { chain: '', records: [] };
      const flush = async () => {
        await write(waiting.chain, waiting.records, 5000);
        sent += waiting.records.length;
        waiting = { chain: '', records: [] };
      };
      for await (const entry of readIssueJournal(folder)) {
        if (entry.kind !== 'record') continue;
        const chain = readJournalFileName(entry.file)?.chain ?? entry.file;
        if (entry.record.seq <= (known.get(chain) ?? 0)) continue;
        if (waiting.chain !== chain || waiting.records.length >= pageRows) await flush();
        waiting.chain = chain;
        waiting.records.push(entry.record);
      }
      await flush();
      return sent;
    },
    async *recordsSince(sinceMs) {
      await ready();
      for (let after = { chain: '', seq: 0 }; ; ) {
        const page = await copiesSince(database.read, sinceMs, after, pageRows);
        yield* page;
        const last = page.at(-1);
        if (!last || page.length < pageRows) return;
        after = { chain: last.chain, seq: last.seq };
      }
    },
    close: () => database.close(),
  };
}
