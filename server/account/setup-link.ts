/**
 * The one-time link by which a new shop gets its owner. Only its hash is kept, as a setting `setup.<hash>` whose value is when
 * it expires; each process that starts without an owner prints one of its own, and using any of them ends all.
 */
import type { Clock } from '../platform/clock.ts';
import type { Database, Db, Tx } from '../platform/db/database.ts';
import { secretToken, sha256 } from '../platform/ids.ts';
import { putSettingOnce, readSettingsUnder, removeSetting } from '../platform/settings-store.ts';
import { ownerExists } from './user-store.ts';

export const setupLinkLastsMs = 24 * 3_600_000;
const prefix = 'setup.';

export interface SetupLinkDeps {
  database: Database;
  clock: Clock;
  /** Where the shop is reached, without a slash at the end. */
  baseUrl: string;
}

/** A new link if the shop has no owner yet, for whoever starts it to open. */
export async function ensureSetupLink(deps: SetupLinkDeps): Promise<string | undefined> {
  return (await ownerExists(deps.database.read)) ? undefined : newSetupLink(deps);
}

/** A new link in any case: how an owner who forgot the password gets back in. */
export async function newSetupLink({ database, clock, baseUrl }: SetupLinkDeps): Promise<string> {
  const token = secretToken();
  const now = clock.now();
  await database.transact('account.setup-link', async (tx) => {
    for (const [name, expiresAt] of await readSettingsUnder(tx, prefix)) {
      if (Number(expiresAt) <= now) await removeSetting(tx, name);
    }
    await putSettingOnce(tx, prefix + sha256(token), String(now + setupLinkLastsMs), now);
  });
  // Behind the #, so that the token stands in no log of a proxy.
  return `${baseUrl}/admin/setup#${token}`;
}

export async function isSetupToken(db: Db | Tx, token: string, nowMs: number): Promise<boolean> {
  const links = await readSettingsUnder(db, prefix);
  return Number(links.get(prefix + sha256(token)) ?? 0) > nowMs;
}

/** Ends that link and all others. @returns false when somebody was faster */
export async function spendSetupToken(tx: Tx, token: string, nowMs: number): Promise<boolean> {
  if (!(await isSetupToken(tx, token, nowMs))) return false;
  if (!(await removeSetting(tx, prefix + sha256(token)))) return false;
  for (const name of (await readSettingsUnder(tx, prefix)).keys()) await removeSetting(tx, name);
  return true;
}
