import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { channelWasUsed, readChannel, deleteChannel as removeChannel } from './channel-store.ts';
import type { ChannelRefusal, EditChannelDeps } from './edit-channel.ts';

export type DeleteChannelOutcome =
  | { kind: 'deleted' }
  | Extract<ChannelRefusal, { kind: 'not-found' | 'edit-conflict' | 'in-use' }>;

/** One that was ever used stays, disabled: its payments must be asked about, given back and compared with its bills. */
export async function deleteChannel(
  deps: Pick<EditChannelDeps, 'database' | 'clock' | 'nudges'>,
  { code, version, actor, requestId }: { code: string; version: number } & Actor,
): Promise<DeleteChannelOutcome> {
  const at = deps.clock.now();
  const outcome = await deps.database.transact('channel.delete', async (tx): Promise<DeleteChannelOutcome> => {
    const before = await readChannel(tx, code);
    if (!before) return { kind: 'not-found' };
    if (await channelWasUsed(tx, code)) return { kind: 'in-use' };
    if (!(await removeChannel(tx, code, version))) return { kind: 'edit-conflict' };
    const { kind, nameZh, nameEn } = before;
    const subject = `channel:${code}`;
    await recordAudit(tx, {
      at,
      actor,
      requestId,
      action: 'channel.delete',
      subject,
      before: { kind, nameZh, nameEn },
    });
    return { kind: 'deleted' };
  });
  if (outcome.kind === 'deleted') deps.nudges.send('channels', code);
  return outcome;
}
