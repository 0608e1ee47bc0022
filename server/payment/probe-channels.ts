/** Asks channels that blocked themselves whether they are well; two good answers in a row open them again. */
import type { Log } from '../platform/observe/log.ts';
import { type BlockDeps, unblockChannel } from './block-channel.ts';
import type { Channel, ProbeResult } from './channel.ts';
import { type ChannelBlock, readBlocks, writeBlock } from './channel-health-store.ts';
import type { ChannelRegistry } from './channel-registry.ts';

export interface ProbeDeps extends BlockDeps {
  channels: ChannelRegistry;
  log: Log;
}

const goodInARow = 2;
const againMs = 15_000;

/** @returns how many were due and how many are open again */
export async function probeChannels(deps: ProbeDeps): Promise<{ found: number; mended: number }> {
  const now = deps.clock.now();
  const due = (await readBlocks(deps.database.read)).filter(
    (block) => block.blockedBy === 'health' && (block.probeAt ?? 0) <= now,
  );
  let mended = 0;
  for (const block of due) {
    const channel = deps.channels.get(block.channel);
    if (channel && (await probeOne(deps, channel, block))) mended++;
  }
  return { found: due.length, mended };
}

async function probeOne(deps: ProbeDeps, channel: Channel, block: ChannelBlock): Promise<boolean> {
  const result = await probe(channel);
  const good = result.kind === 'healthy' ? block.probes + 1 : 0;
  if (good >= goodInARow) {
    const reason = `${good} probes in a row found it well`;
    const opened = await unblockChannel(deps, { channel: channel.code, reason, actor: 'system' });
    if (opened) deps.log.warn({ channel: channel.code, event: 'channel.recovered' }, 'a payment channel is well again');
    return opened;
  }
  const after = { ...block, probes: good, probeAt: deps.clock.now() + againMs };
  await deps.database.transact('channel.probe', (tx) => writeBlock(tx, block, after));
  return false;
}

/** A channel whose code throws is not well either. */
export async function probe(channel: Channel): Promise<ProbeResult> {
  try {
    return await channel.probe();
  } catch (error) {
    return { kind: 'failing', reason: (error as Error).message };
  }
}
