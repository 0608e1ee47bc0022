import type { CreateChannelBody } from '../../contract/admin-channels.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { insertChannel } from './channel-store.ts';
import { auditView, type ChannelRefusal, type EditChannelDeps, provenSettings } from './edit-channel.ts';

export type CreateChannelOutcome = { kind: 'created' } | Extract<ChannelRefusal, { kind: 'code-taken' | 'invalid' }>;

/** A new channel takes payments as soon as every process has seen its row, unless it is created disabled. */
export async function createChannel(
  deps: EditChannelDeps,
  { actor, requestId, settings: given, ...body }: CreateChannelBody & Actor,
): Promise<CreateChannelOutcome> {
  const row = { nameZh: '', nameEn: '', enabled: true, priority: 0, feeBasisPoints: 0, ...body };
  // The environment's own channel has this name everywhere.
  if (row.code === 'sandbox') return { kind: 'code-taken' };
  const proven = provenSettings(deps, row, given);
  if (!('settings' in proven)) return proven;
  const sealed = deps.keyring.seal(row.code, JSON.stringify(proven.settings));
  const at = deps.clock.now();
  const created = await deps.database.transact('channel.create', async (tx) => {
    if (!(await insertChannel(tx, { ...row, sealed }, at))) return false;
    const after = auditView(deps, row, proven.settings);
    await recordAudit(tx, { at, actor, requestId, action: 'channel.create', subject: `channel:${row.code}`, after });
    return true;
  });
  if (!created) return { kind: 'code-taken' };
  deps.nudges.send('channels', row.code);
  return { kind: 'created' };
}
