/**
 * The intents of one data folder: on disk in `intents/`, in memory to be counted and found. Every process of the machine
 * writes files of its own there and reads those of the others.
 */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { passCheckpoint } from '../platform/checkpoints.ts';
import type { Clock } from '../platform/clock.ts';
import { createRecordLog, filesOf, type LogPositions, readRecordLog } from '../platform/journal/record-log.ts';
import { type Intent, type IntentOutcome, type IntentRecord, isIntentRecord } from './intent.ts';
import { openQuarantine, type Quarantine } from './quarantine.ts';

export interface BookEntry {
  intent: Intent;
  /** Absent while it waits. */
  outcome: IntentOutcome | undefined;
  /** Replays begun and not ended. */
  tries: number;
  /** When its page last asked (monotonic milliseconds); 0 never. */
  seenMs: number;
  endedMs: number;
}

export type RecordOutcome = 'recorded' | 'queue-full' | 'too-many';

export interface IntentBook {
  readonly folder: string;
  readonly quarantine: Quarantine;
  /** Resolves when it is on disk. */
  record(intent: Intent): Promise<RecordOutcome>;
  /** Resolves when the entry's own record is on disk, for a repeat of the same request. */
  onDisk(id: string): Promise<void>;
  find(id: string): BookEntry | undefined;
  findByKey(keyHash: string): BookEntry | undefined;
  /** In the order they came. */
  waiting(): Intent[];
  waitingCount(): number;
  entry(id: string): BookEntry | undefined;
  /** Reads what other processes have written. */
  refresh(): Promise<void>;
  tried(ids: readonly string[]): Promise<void>;
  kept(ids: readonly string[]): Promise<void>;
  done(intent: Intent, outcome: IntentOutcome): Promise<void>;
  /** A person has it tried again, whatever the limits say. */
  again(intent: Intent): Promise<void>;
  dropped(id: string, round: number): Promise<void>;
  /** Nothing waits: files may end, and what is long done is cleared away. */
  tidyUp(): Promise<void>;
  close(): Promise<void>;
}

export interface IntentBookOptions {
  /** data/intents */
  folder: string;
  instance: string;
  clock: Clock;
  /** Orders that may wait; past it they are refused. Callbacks have as many places of their own. */
  maxWaiting: number;
  /** A second place, written beside the disk. Never rejects, and never takes long. */
  copy?(intent: Intent): Promise<void>;
  /** How many waiting orders one contact, address or device may have: `from` of its ticket. */
  maxFrom(one: string): number;
}

/** Done intents are kept on disk for this long, for whoever wants to look; what became of them stands in the database. */
const keptOnDiskMs = 7 * 24 * 3_600_000;
/** ... and in memory for a page that has not asked yet. */
const keptInMemoryMs = 10 * 60_000;

export function openIntentBook(options: IntentBookOptions): IntentBook {
  const { folder, clock, maxWaiting, maxFrom } = options;
  const log = createRecordLog<IntentRecord>(options);
  const quarantine = openQuarantine(join(folder, 'quarantine'), clock);
  const entries = new Map<string, BookEntry>();
  const byKey = new Map<string, string>();
  const fromOne = new Map<string, number>();
  const writing = new Map<string, Promise<void>>();
  /** Outcomes read before their intents: files are read one after the other. */
  const early = new Map<string, { round: number; outcome: IntentOutcome }>();
  const positions: LogPositions = new Map();
  const waiting: Record<Intent['kind'], number> = { order: 0, callback: 0 };

  function count(intent: Intent, by: 1 | -1): void {
    waiting[intent.kind] += by;
    for (const one of intent.ticket?.from ?? []) {
      const left = (fromOne.get(one) ?? 0) + by;
      if (left > 0) fromOne.set(one, left);
      else fromOne.delete(one);
    }
  }

  function enter(intent: Intent): void {
    const known = entries.get(intent.id);
    if (known && known.intent.round >= intent.round) return;
    entries.set(intent.id, { intent, outcome: undefined, tries: 0, seenMs: known?.seenMs ?? 0, endedMs: 0 });
    if (!known || known.outcome) count(intent, 1);
    if (intent.ticket?.keyHash && !byKey.has(intent.ticket.keyHash)) byKey.set(intent.ticket.keyHash, intent.id);
    const ended = early.get(intent.id);
    if (ended) end(intent.id, ended.round, ended.outcome);
  }

  function end(id: string, round: number, outcome: IntentOutcome): void {
    const entry = entries.get(id);
    if (!entry || entry.intent.round > round) {
      if (!entry) early.set(id, { round, outcome });
      return;
    }
    early.delete(id);
    // A person may drop what was set aside: that word is the last.
    if (entry.outcome?.as === 'quarantined' && outcome.as === 'dropped') entry.outcome = outcome;
    if (entry.outcome) return;
    count(entry.intent, -1);
    entry.outcome = outcome;
    entry.endedMs = clock.monotonicMs();
    // What is done is only looked up; its contents stay on disk.
    entry.intent = { ...entry.intent, payload: {} };
  }

  function apply(record: IntentRecord): void {
    if (record.t === 'intent') enter(record.intent);
    else if (record.t === 'done') end(record.id, record.round, record.outcome);
    else {
      for (const id of record.ids) {
        const entry = entries.get(id);
        if (entry) entry.tries = record.t === 'try' ? entry.tries + 1 : 0;
      }
    }
  }

  async function append(record: IntentRecord): Promise<void> {
    await log.append([record]);
  }

  let refreshing: Promise<void> | undefined;
  async function readOthers(): Promise<void> {
    const tries: IntentRecord[] = [];
    const broken: { id: string; text: string }[] = [];
    for await (const entry of readRecordLog(folder, positions)) {
      const { file, offset } = entry;
      if (entry.kind === 'record' && isIntentRecord(entry.value)) {
        // Attempts count once their intents are known, whichever file those stand in.
        if (entry.value.t === 'try' || entry.value.t === 'kept') tries.push(entry.value);
        else apply(entry.value);
      } else {
        const text = entry.kind === 'broken' ? entry.text : JSON.stringify(entry.value);
        broken.push({ id: `${file}@${offset}`, text });
      }
    }
    // What a person has dropped stays dropped, though its line is read again at each start.
    for (const { id, text } of broken) {
      if (early.has(id) || (await quarantine.find(id))) continue;
      await quarantine.put({ id, why: 'not a sound record', text, intent: null });
    }
    // Own attempts were counted when they were made.
    for (const one of tries) if (!ownTries.delete(JSON.stringify(one))) apply(one);
  }
  const ownTries = new Set<string>();

  async function mark(t: 'try' | 'kept', ids: readonly string[]): Promise<void> {
    const record = { t, ids, n: ++marks, by: options.instance } as IntentRecord;
    ownTries.add(JSON.stringify(record));
    await append(record);
    apply(record);
  }
  let marks = 0;

  return {
    folder,
    quarantine,
    async record(intent) {
      if (entries.has(intent.id) && (entries.get(intent.id) as BookEntry).intent.round >= intent.round) {
        await writing.get(intent.id);
        return 'recorded';
      }
      if (waiting[intent.kind] >= maxWaiting) return 'queue-full';
      if (intent.ticket?.from.some((one) => (fromOne.get(one) ?? 0) >= maxFrom(one))) return 'too-many';
      enter(intent);
      const copied = options.copy?.(intent);
      const written = append({ t: 'intent', intent });
      writing.set(intent.id, written);
      try {
        await written;
      } catch (error) {
        // Not on disk: it was never taken. A torn line is not read either.
        count(intent, -1);
        entries.delete(intent.id);
        if (intent.ticket?.keyHash && byKey.get(intent.ticket.keyHash) === intent.id)
          byKey.delete(intent.ticket.keyHash);
        throw error;
      } finally {
        writing.delete(intent.id);
      }
      await copied;
      passCheckpoint('intent.after-record');
      return 'recorded';
    },
    onDisk: async (id) => writing.get(id),
    find(id) {
      const entry = entries.get(id);
      if (entry) entry.seenMs = clock.monotonicMs();
      return entry;
    },
    findByKey: (keyHash) => entries.get(byKey.get(keyHash) ?? ''),
    entry: (id) => entries.get(id),
    waiting() {
      const open = [...entries.values()].filter((entry) => !entry.outcome && !writing.has(entry.intent.id));
      return open.map((entry) => entry.intent).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    },
    waitingCount: () => waiting.order + waiting.callback,
    async refresh() {
      refreshing ??= readOthers().finally(() => {
        refreshing = undefined;
      });
      await refreshing;
    },
    tried: (ids) => mark('try', ids),
    kept: (ids) => mark('kept', ids),
    async done(intent, outcome) {
      await append({ t: 'done', id: intent.id, round: intent.round, outcome });
      end(intent.id, intent.round, outcome);
    },
    async again(intent) {
      await append({ t: 'intent', intent });
      enter(intent);
    },
    async dropped(id, round) {
      const outcome = { as: 'dropped' } as const;
      await append({ t: 'done', id, round, outcome });
      end(id, round, outcome);
    },
    async tidyUp() {
      await log.endFile();
      const now = clock.monotonicMs();
      for (const [id, entry] of entries) {
        if (!entry.outcome || now - entry.endedMs < keptInMemoryMs) continue;
        entries.delete(id);
        if (entry.intent.ticket?.keyHash) byKey.delete(entry.intent.ticket.keyHash);
      }
      for (const file of await filesOf(folder)) {
        const path = join(folder, file);
        const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: clock.now() }));
        if (clock.now() - mtimeMs < keptOnDiskMs) continue;
        await rm(path, { force: true });
        positions.delete(file);
      }
    },
    close: () => log.close(),
  };
}
