/** Walks the chain of the audit log and says each place where it does not hold. */
import { type ChainHead, chainStart, linkHash } from '../../platform/audit-chain.ts';
import { type ChainedEntry, readChain, readLinkHash } from '../../platform/audit-chain-store.ts';
import type { Db } from '../../platform/db/database.ts';
import type { Anchor } from './anchors.ts';

const pageRows = 1000;
const sampleSize = 10;

export interface ChainReport {
  ok: boolean;
  /** How far it was walked. */
  head: ChainHead;
  found: number;
  sample: string[];
}

export interface ChainQuestion {
  /** Walks from here on: everything up to it was verified before. */
  from?: ChainHead | undefined;
  /** What is known outside the database. */
  anchor?: Anchor | undefined;
  signal?: AbortSignal;
  onProgress?(seq: number): void;
}

export async function verifyAuditLog(db: Db, question: ChainQuestion = {}): Promise<ChainReport> {
  const { from = chainStart, anchor, signal, onProgress } = question;
  const sample: string[] = [];
  let found = 0;
  const wrong = (text: string) => {
    found++;
    if (sample.length < sampleSize) sample.push(text);
  };
  let head = from;
  if ((await readLinkHash(db, from.seq)) !== from.hash) {
    wrong(`link ${from.seq} is not what was verified before`);
    head = chainStart;
  }
  for (;;) {
    const page = await readChain(db, head.seq, pageRows);
    for (const link of page) {
      for (const text of faultsOf(head, link)) wrong(text);
      head = { seq: link.seq, hash: link.hash };
    }
    onProgress?.(head.seq);
    if (page.length < pageRows || signal?.aborted) break;
  }
  for (const text of await anchorFaults(db, anchor)) wrong(text);
  return { ok: found === 0, head, found, sample };
}

/** A wrong link is told once: the walk goes on from what stands there. */
function faultsOf(before: ChainHead, { seq, entryId, prevHash, hash, entry }: ChainedEntry): string[] {
  if (seq !== before.seq + 1) return [`links ${before.seq + 1} to ${seq - 1} are missing`];
  if (prevHash !== before.hash) return [`link ${seq} does not follow the one before it`];
  if (!entry) return [`entry ${entryId} (link ${seq}) was removed`];
  if (linkHash(before, entry) !== hash) return [`entry ${entryId} (link ${seq}) was changed`];
  return [];
}

export async function anchorFaults(db: Db, anchor: Anchor | undefined): Promise<string[]> {
  if (!anchor) return [];
  const hash = await readLinkHash(db, anchor.seq);
  const when = new Date(anchor.at).toISOString();
  if (hash === undefined) return [`the end is cut off: link ${anchor.seq} was there at ${when}`];
  return hash === anchor.hash ? [] : [`link ${anchor.seq} is not the one that was there at ${when}`];
}
