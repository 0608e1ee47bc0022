/**
 * The channels of the shop, opened. Those of the environment (the sandbox) are there from the start; those of the database
 * follow their rows: at a nudge, at a poll every few seconds, and when somebody asks for a code that is not known yet.
 *
 * A channel that is disabled or blocked takes no new payments, but goes on being asked, called back and refunded through:
 * there is money in flight.
 */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Nudges } from '../platform/nudges.ts';
import type { Log } from '../platform/observe/log.ts';
import type { Channel } from './channel.ts';
import { type ChannelBlock, readBlocks } from './channel-health-store.ts';
import type { ChannelKeyring } from './channel-keyring.ts';
import { type ChannelRegistry, codesSharing } from './channel-registry.ts';
import { type ChannelRow, channelVersions, readChannels } from './channel-store.ts';

export interface ChannelEntry {
  code: string;
  /** Undefined for one that is made by the environment. */
  row: ChannelRow | undefined;
  /** Undefined when its settings do not open or are of no use; `fault` says why. */
  channel: Channel | undefined;
  fault: string | null;
  block: ChannelBlock | undefined;
}

export interface ChannelBook extends ChannelRegistry {
  /** As `get`, and looks into the database once before it says no. */
  find(code: string): Promise<Channel | undefined>;
  /** Whether there is such a channel, even one that does not open. */
  knows(code: string): boolean;
  /** Everything there is, best first. */
  entries(): readonly ChannelEntry[];
  /** Reads what has changed. */
  refresh(): Promise<void>;
  close(): void;
}

export interface ChannelBookDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
  log: Log;
  /** Undefined in a process that may not open channels: it knows them by name alone. */
  keyring: ChannelKeyring | undefined;
  /** Made by the environment. */
  fixed: readonly Channel[];
  /** How a row becomes a channel; throws with a sentence for the owner. */
  open(row: ChannelRow, keyring: ChannelKeyring): Channel;
  /** Told after each reading. */
  seen?(entries: readonly ChannelEntry[]): void;
}

const pollMs = 3000;

export function createChannelBook(deps: ChannelBookDeps): ChannelBook {
  let entries = arrange(deps.fixed.map(fixedEntry));
  let byCode = new Map(entries.map((entry) => [entry.code, entry]));
  let seen = '';
  let reading: Promise<void> | undefined;
  let after: Promise<void> | undefined;
  let missedAt = Number.NEGATIVE_INFINITY;

  async function read(): Promise<void> {
    const versions = await channelVersions(deps.database.read);
    const blocks = new Map((await readBlocks(deps.database.read)).map((block) => [block.channel, block]));
    const rows = versions === seen ? undefined : await readChannels(deps.database.read);
    const own = rows ? rows.map((row) => entryOf(deps, row, byCode.get(row.code))) : entries.filter(({ row }) => row);
    entries = arrange([...deps.fixed.map(fixedEntry), ...own].map((one) => ({ ...one, block: blocks.get(one.code) })));
    byCode = new Map(entries.map((entry) => [entry.code, entry]));
    deps.seen?.(entries);
    if (rows) seen = JSON.stringify(rows.map((row) => [row.code, row.version, row.createdAt]));
  }
  const refresh = (): Promise<void> => {
    if (!reading) {
      reading = read().finally(() => {
        reading = undefined;
      });
      return reading;
    }
    // What is being read may have begun before the change that we are told of: one more reading, for all who ask meanwhile.
    after ??= reading
      .catch(() => undefined)
      .then(() => {
        after = undefined;
        return refresh();
      });
    return after;
  };
  const quietly = () =>
    void refresh().catch((error: unknown) => deps.log.debug({ err: error }, 'the channels could not be read'));
  const stopListening = deps.nudges.listen('channels', quietly);
  const timer = setInterval(quietly, pollMs);
  timer.unref();

  const get = (code: string) => byCode.get(code)?.channel;
  return {
    get,
    payable: (code) => {
      const entry = byCode.get(code);
      return entry && takesPayments(entry) ? entry.channel : undefined;
    },
    all: () => entries.flatMap((entry) => entry.channel ?? []),
    enabled: () => entries.filter(takesPayments).map((entry) => entry.channel as Channel),
    sharing: (channel) =>
      codesSharing(
        entries.flatMap((entry) => entry.channel ?? []),
        channel,
      ),
    entries: () => entries,
    async find(code) {
      if (byCode.has(code)) return get(code);
      // Strangers ask for anything: at most one look a second for what is not there.
      const now = deps.clock.monotonicMs();
      if (now - missedAt < 1000) await reading;
      else {
        missedAt = now;
        await refresh();
      }
      return get(code);
    },
    knows: (code) => byCode.has(code),
    refresh,
    close() {
      stopListening();
      clearInterval(timer);
    },
  };
}

export function takesPayments({ row, channel, block }: ChannelEntry): boolean {
  return channel !== undefined && (row?.enabled ?? true) && !block?.blockedBy;
}

function fixedEntry(channel: Channel): ChannelEntry {
  return { code: channel.code, row: undefined, channel, fault: null, block: undefined };
}

function entryOf(deps: ChannelBookDeps, row: ChannelRow, before: ChannelEntry | undefined): ChannelEntry {
  if (before?.row?.version === row.version && before.row.createdAt === row.createdAt && before.channel)
    return { ...before, row };
  const { code } = row;
  if (!deps.keyring) return { code, row, channel: undefined, fault: 'not opened by this process', block: undefined };
  try {
    return { code, row, channel: deps.open(row, deps.keyring), fault: null, block: undefined };
  } catch (error) {
    const fault = (error as Error).message;
    deps.log.error({ channel: code, fault }, 'a payment channel cannot be opened');
    return { code, row, channel: undefined, fault, block: undefined };
  }
}

/** By priority; among equals the sandbox comes last, then by code. */
function arrange(entries: ChannelEntry[]): readonly ChannelEntry[] {
  const rank = ({ row }: ChannelEntry) => row?.priority ?? Number.NEGATIVE_INFINITY;
  return entries.sort((a, b) => rank(b) - rank(a) || (a.code < b.code ? -1 : 1));
}
