/** What the last walk over the chain of the audit log found, for the desk; and the walk that writes it down. */
import type { AuditChainView } from '../../../contract/admin.ts';
import { type ChainHead, chainStart } from '../../platform/audit-chain.ts';
import { readChainHead } from '../../platform/audit-chain-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Db } from '../../platform/db/database.ts';
import { putSetting, readSetting } from '../../platform/settings-store.ts';
import { lastAnchor } from './anchors.ts';
import { sealAuditLog } from './seal-audit-log.ts';
import { verifyAuditLog } from './verify-audit-log.ts';

interface ChainState extends ChainHead {
  ok: boolean;
  found: number;
  sample: string[];
  /** UTC ms; of the last walk, and of the last one from the first link on. */
  at: number;
  wholeAt: number;
}

const settingName = 'audit-log.verified';
const wholeEveryMs = 24 * 3_600_000;

export interface VerifyDeps {
  database: Database;
  clock: Clock;
  journalFolder: string;
  signal?: AbortSignal;
}

/** Chains what is left, then walks: from where the last walk ended, once a day and after a bad one from the start. */
export async function verifyAndRemember(deps: VerifyDeps, { whole = false } = {}): Promise<ChainState> {
  const { database, clock, journalFolder, signal } = deps;
  await sealAuditLog(deps, { whole: true });
  const last = await readState(database.read);
  const at = clock.now();
  const again = whole || !last?.ok || at - last.wholeAt > wholeEveryMs;
  const from = again ? chainStart : last;
  const anchor = await lastAnchor(journalFolder);
  const { ok, found, sample, head } = await verifyAuditLog(database.read, { from, anchor, ...(signal && { signal }) });
  const state: ChainState = { ...head, ok, found, sample, at, wholeAt: again ? at : last.wholeAt };
  if (signal?.aborted) return state;
  await database.transact('audit-log.verified', (tx) => putSetting(tx, settingName, JSON.stringify(state), at));
  return state;
}

export async function readChainView(db: Db): Promise<AuditChainView> {
  const head = await readChainHead(db);
  const state = await readState(db);
  const { at, seq, ok, found, sample } = state ?? {};
  const verified = state ? { at, seq, ok, found, sample } : null;
  return { ...head, verified: verified as AuditChainView['verified'] };
}

async function readState(db: Db): Promise<ChainState | undefined> {
  const text = await readSetting(db, settingName);
  return text === undefined ? undefined : (JSON.parse(text) as ChainState);
}
