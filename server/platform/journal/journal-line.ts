/**
 * One line of the journal: {"seq","cardId","orderId","at","cardHash","prev","hash"}; lines without "cardHash" are older. `hash` is SHA-256 over `prev` and the content,
 * so a line that was changed, removed or put in between breaks the chain behind it.
 */
import { createHash } from 'node:crypto';
import type { IssueRecord } from './issue-journal.ts';

export interface ChainedRecord extends IssueRecord {
  /** From 1 within one chain. */
  seq: number;
  prev: string;
  hash: string;
}

/** Where a chain stands: the last sequence number and hash. */
export interface ChainEnd {
  seq: number;
  hash: string;
}

/** The beginning of a chain names the chain, so that a file passed off as another one does not verify. */
export function chainStart(chain: string): ChainEnd {
  return { seq: 0, hash: createHash('sha256').update(`cardwell issue journal ${chain}`).digest('base64url') };
}

export function chainLine(end: ChainEnd, record: IssueRecord): { line: string; end: ChainEnd } {
  const seq = end.seq + 1;
  const { cardId, orderId, at, cardHash } = record;
  const hash = recordHash(seq, record, end.hash);
  return {
    line: `${JSON.stringify({ seq, cardId, orderId, at, cardHash, prev: end.hash, hash })}\n`,
    end: { seq, hash },
  };
}

function recordHash(seq: number, { cardId, orderId, at, cardHash }: IssueRecord, prev: string): string {
  const card = cardHash === undefined ? '' : `\n${cardHash}`;
  return createHash('sha256').update(`${prev}\n${seq}\n${cardId}\n${orderId}\n${at}${card}`).digest('base64url');
}

/** The record of a line, or undefined when it is not one or its own hash is wrong. */
export function readLine(line: string): ChainedRecord | undefined {
  let json: Partial<ChainedRecord>;
  try {
    json = JSON.parse(line) as Partial<ChainedRecord>;
  } catch {
    return undefined;
  }
  const { seq, cardId, orderId, at, cardHash, prev, hash } = json ?? {};
  if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(cardId) || !Number.isSafeInteger(at)) return undefined;
  if (typeof orderId !== 'string' || typeof prev !== 'string') return undefined;
  if (cardHash !== undefined && typeof cardHash !== 'string') return undefined;
  const record = { seq, cardId, orderId, at, ...(cardHash && { cardHash }), prev, hash } as ChainedRecord;
  return hash === recordHash(record.seq, record, prev) ? record : undefined;
}

export function follows(end: ChainEnd, record: ChainedRecord): boolean {
  return record.seq === end.seq + 1 && record.prev === end.hash;
}
