/** The database was brought back from a backup: its log is shorter than what this machine remembers, and rightly so. */
import type { ChainHead } from '../../platform/audit-chain.ts';
import { readChainHead } from '../../platform/audit-chain-store.ts';
import { recordAudit } from '../../platform/audit-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { lastAnchor, writeAnchor } from './anchors.ts';
import { sealAuditLog } from './seal-audit-log.ts';

export async function acceptChain(
  deps: { database: Database; clock: Clock; journalFolder: string },
  reason: string,
): Promise<ChainHead> {
  const { database, clock, journalFolder } = deps;
  const before = (await lastAnchor(journalFolder)) ?? null;
  const at = clock.now();
  const entry = { actor: 'cli', action: 'audit-log.accept' as const, subject: 'audit-log', before };
  await database.transact('audit-log.accept', (tx) => recordAudit(tx, { ...entry, at, reason }));
  await sealAuditLog(deps, { whole: true });
  const head = await readChainHead(database.read);
  await writeAnchor(journalFolder, { ...head, at, why: 'restored' });
  return head;
}
