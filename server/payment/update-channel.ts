import type { UpdateChannelBody } from '../../contract/admin-channels.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { changedFields } from '../platform/changed-fields.ts';
import { mergedSettings } from '../platform/setting-fields.ts';
import { readChannel, updateChannel as writeChannel } from './channel-store.ts';
import { auditView, type ChannelRefusal, type EditChannelDeps, provenSettings } from './edit-channel.ts';
import { unsealSettings } from './open-channel.ts';

export type UpdateChannelOutcome =
  | { kind: 'changed' }
  | Extract<ChannelRefusal, { kind: 'not-found' | 'edit-conflict' | 'invalid' }>;

/** Settings that are not named stay as they are: nobody has to type a secret again to change a name. */
export async function updateChannel(
  deps: EditChannelDeps,
  { code, version, actor, requestId, settings: given = {}, ...changes }: UpdateChannelBody & Actor & { code: string },
): Promise<UpdateChannelOutcome> {
  const at = deps.clock.now();
  const outcome = await deps.database.transact('channel.update', async (tx): Promise<UpdateChannelOutcome> => {
    const before = await readChannel(tx, code);
    if (!before) return { kind: 'not-found' };
    if (before.version !== version) return { kind: 'edit-conflict' };
    const old = unsealSettings(before, deps.keyring);
    const row = { ...before, ...changes };
    const proven = provenSettings(deps, row, mergedSettings(old, given));
    if (!('settings' in proven)) return proven;
    const sealed = deps.keyring.seal(code, JSON.stringify(proven.settings));
    if (!(await writeChannel(tx, { ...row, sealed, version }, at))) return { kind: 'edit-conflict' };
    const changed = changedFields(auditView(deps, before, old), auditView(deps, row, proven.settings));
    const newSecrets = Object.keys(given).filter((field) => given[field] !== old[field]);
    const after = { ...changed.after, settingsChanged: newSecrets };
    const subject = `channel:${code}`;
    await recordAudit(tx, { at, actor, requestId, action: 'channel.update', subject, before: changed.before, after });
    return { kind: 'changed' };
  });
  if (outcome.kind === 'changed') deps.nudges.send('channels', code);
  return outcome;
}
