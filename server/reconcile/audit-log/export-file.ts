/**
 * The audit log as a file that proves itself: a line for each link with its entry, and a last line with where the chain
 * stands. Whoever has the file needs no database to see that nothing in it was changed; the hash of its last line, kept
 * elsewhere, shows that nothing was left off.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type ChainHead, chainStart, linkHash, type StoredEntry } from '../../platform/audit-chain.ts';
import { readChain } from '../../platform/audit-chain-store.ts';
import type { Db } from '../../platform/db/database.ts';

const pageRows = 500;

interface ExportedLink extends ChainHead {
  prev: string;
  entry: StoredEntry | undefined;
}

/** @param from links behind this one; 0 for all */
export async function* exportAuditLog(db: Db, from = 0): AsyncGenerator<string> {
  let head: ChainHead = { ...chainStart, seq: from };
  for (;;) {
    const page = await readChain(db, head.seq, pageRows);
    for (const { seq, hash, prevHash: prev, entry } of page) {
      yield `${JSON.stringify({ seq, prev, hash, entry } satisfies ExportedLink)}\n`;
      head = { seq, hash };
    }
    if (page.length < pageRows) break;
  }
  yield `${JSON.stringify({ head: { seq: head.seq, hash: head.hash } })}\n`;
}

/** @returns where the file ends and what is wrong with it */
export async function verifyExport(path: string): Promise<{ head: ChainHead | undefined; faults: string[] }> {
  const faults: string[] = [];
  let before: ChainHead | undefined;
  let head: ChainHead | undefined;
  let lineNo = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    lineNo++;
    if (head) faults.push(`line ${lineNo}: stands behind the last line`);
    const read = JSON.parse(line) as Partial<ExportedLink> & { head?: ChainHead };
    if (read.head) {
      head = read.head;
      const same = head.seq === (before?.seq ?? head.seq) && head.hash === (before?.hash ?? head.hash);
      if (!same) faults.push(`line ${lineNo}: the chain does not end where the last line says`);
      continue;
    }
    const { seq = 0, prev = '', hash = '', entry } = read;
    const start = before ?? (seq === 1 ? chainStart : { seq: seq - 1, hash: prev });
    if (seq !== start.seq + 1 || prev !== start.hash) faults.push(`line ${lineNo}: does not follow the one before it`);
    else if (!entry || linkHash(start, entry) !== hash) faults.push(`line ${lineNo}: the entry was changed`);
    before = { seq, hash };
  }
  if (!head) faults.push('the last line is missing: the file was cut off');
  return { head, faults };
}
