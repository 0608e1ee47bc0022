/** Gives every entry of the audit log its link. One process does it, apart from the changes that write entries. */
import { chainEntries, highestChainedId, lookBackIds } from '../../platform/audit-chain-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { isDuplicateKey } from '../../platform/db/errors.ts';

const atOnce = 500;
const maxBeaten = 20;

export interface SealDeps {
  database: Database;
  clock: Clock;
  signal?: AbortSignal;
  confirm?(tx: Tx): Promise<void>;
}

/** @param whole looks at every entry, not only at the last ones */
export async function sealAuditLog(deps: SealDeps, { whole = false } = {}): Promise<number> {
  const { database, clock, signal, confirm } = deps;
  const from = whole ? 0 : (await highestChainedId(database.read)) - lookBackIds;
  let sealed = 0;
  for (let beaten = 0; ; ) {
    try {
      const count = await database.transact('audit-log.seal', async (tx) => {
        await confirm?.(tx);
        return chainEntries(tx, from, atOnce, clock.now());
      });
      sealed += count;
      if (count < atOnce || signal?.aborted) return sealed;
    } catch (error) {
      // A command that seals beside the worker: whoever comes second looks again.
      if (!isDuplicateKey(error) || ++beaten > maxBeaten) throw error;
    }
  }
}
