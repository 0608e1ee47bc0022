/**
 * A second place for recorded intents, in Redis, for machines that are lost for good while they hold orders. The file is what
 * a buyer's answer rests on; this is written beside it, waited for only a moment, and missing whenever Redis is.
 *
 *   recorded -> there -> removed by whoever knows what became of it
 *                     -> left there for too long: another process takes it into a book of its own and replays it
 *
 * Whether its own machine is really lost need not be known: replaying twice gives one order.
 *
 * Records are sealed with a key that the shop's processes have from the database: who can write into Redis must not be able
 * to put money there that no channel has proved, and who can read it learns no buyer's contact.
 */
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Redis } from '../platform/cache/redis.ts';
import { openStream, type StreamRecord } from '../platform/cache/stream.ts';
import { type Clock, sleep } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Log } from '../platform/observe/log.ts';
import { seal, unseal } from '../platform/sealed-text.ts';
import { putSettingOnce, readSetting } from '../platform/settings-store.ts';
import { type Intent, isIntent } from './intent.ts';
import type { IntentBook } from './intent-book.ts';

export interface SharedIntents {
  /** Fetches the key; the first process of the shop makes it. Nothing is written there before. */
  prepare(): Promise<void>;
  /** Resolves when Redis has it or a moment has passed. Never rejects. */
  add(intent: Intent): Promise<void>;
  /** Something waits there, perhaps to be taken over: a ticket that nobody knows may still turn up. */
  holdsAny(): Promise<boolean>;
  /** Removes what this process has added and dealt with. */
  removeDone(book: Pick<IntentBook, 'entry'>): Promise<void>;
  /**
   * Takes what others left there for longer than `patienceMs` into the book, on disk.
   * @param isSettled what the database says of an intent that this book does not know
   * @returns how many
   */
  adopt(
    book: Pick<IntentBook, 'entry' | 'again'>,
    patienceMs: number,
    isSettled: (intent: Intent) => Promise<boolean>,
  ): Promise<number>;
}

/** A buyer waits at most this long for the second place: a replica of Redis may use 50 ms of it. */
const addWithinMs = 120;
const pageRecords = 100;
const keySetting = 'degrade.shared-key';
const purpose = 'intents';

export function createSharedIntents(parts: {
  redis: Redis;
  database: Database;
  clock: Clock;
  log: Log;
}): SharedIntents {
  const { redis, database, clock, log } = parts;
  const stream = openStream(redis, 'intents');
  const added = new Map<string, readonly string[]>();
  const firstSeenMs = new Map<string, number>();
  let key: KeyObject | undefined;
  let gathered: Intent[] = [];
  let sending: Promise<void> | undefined;

  /** What gathers while one record is on its way travels as the next: waiting for a replica takes as long for many as for one. */
  async function send(): Promise<void> {
    while (key && gathered.length > 0) {
      const intents = gathered;
      gathered = [];
      const record = await stream.append(seal(1, key, purpose, '', JSON.stringify(intents)).toString('base64'));
      if (record) {
        const ids = intents.map((intent) => intent.id);
        added.set(record.id, ids);
      }
    }
  }

  async function remove(ids: readonly string[]): Promise<void> {
    if (!(await stream.remove(ids))) return;
    for (const id of ids) {
      added.delete(id);
      firstSeenMs.delete(id);
    }
  }

  async function adoptOne(
    record: StreamRecord,
    book: Pick<IntentBook, 'entry' | 'again'>,
    isSettled: (intent: Intent) => Promise<boolean>,
  ): Promise<{ open: number; taken: number }> {
    let open = 0;
    let taken = 0;
    for (const intent of intentsOf(record)) {
      const known = book.entry(intent.id);
      if (known && !known.outcome) open++;
      if (known || (await isSettled(intent))) continue;
      await book.again(intent);
      open++;
      taken++;
    }
    if (taken > 0)
      log.warn({ record: record.id, taken }, 'what another process recorded and did not replay is taken over');
    return { open, taken };
  }

  /** What is none of ours is an empty list, and so removed in time. */
  function intentsOf({ text }: StreamRecord): Intent[] {
    try {
      const found = JSON.parse(unseal(key as KeyObject, purpose, '', Buffer.from(text, 'base64'))) as unknown;
      return Array.isArray(found) ? found.filter(isIntent) : [];
    } catch {
      return [];
    }
  }

  return {
    async prepare() {
      if (key || !redis.inUse) return;
      const fresh = randomBytes(32).toString('base64');
      const text =
        (await readSetting(database.read, keySetting)) ??
        (await database.transact('degrade.shared-key', async (tx) => {
          await putSettingOnce(tx, keySetting, fresh, clock.now());
          return readSetting(tx, keySetting);
        }));
      key = createSecretKey(Buffer.from(text as string, 'base64'));
    },
    async add(intent) {
      if (!key || !redis.available()) return;
      gathered.push(intent);
      sending ??= send().finally(() => {
        sending = undefined;
      });
      await Promise.race([sending, sleep(addWithinMs)]);
    },
    holdsAny: async () => ((await stream.length()) ?? 0) > 0,
    async removeDone(book) {
      const done = [...added].filter(([, ids]) =>
        ids.every((id) => {
          const entry = book.entry(id);
          // Not in the book: it never came onto the disk, and its buyer was told so.
          return !entry || entry.outcome !== undefined;
        }),
      );
      if (done.length > 0) await remove(done.map(([id]) => id));
    },
    async adopt(book, patienceMs, isSettled) {
      if (!key) return 0;
      let taken = 0;
      const over: string[] = [];
      const there = new Set<string>();
      for (let after: string | undefined; ; ) {
        const page = await stream.read({ after, limit: pageRecords });
        if (!page) return taken;
        for (const record of page) {
          there.add(record.id);
          const seenMs = firstSeenMs.get(record.id) ?? clock.monotonicMs();
          firstSeenMs.set(record.id, seenMs);
          if (clock.monotonicMs() - seenMs < patienceMs || added.has(record.id)) continue;
          const dealt = await adoptOne(record, book, isSettled);
          taken += dealt.taken;
          if (dealt.open === 0) over.push(record.id);
        }
        after = page.at(-1)?.id;
        if (page.length < pageRecords) break;
      }
      for (const id of firstSeenMs.keys()) if (!there.has(id)) firstSeenMs.delete(id);
      if (over.length > 0) await remove(over);
      return taken;
    },
  };
}
