/**
 * The chain of the audit log: `hash` is SHA-256 over the hash before it and everything that the entry says, so an entry
 * that is changed, removed, put in between or moved breaks it. What it protects against and what not: docs/decisions/038.
 */
import { createHash } from 'node:crypto';

/** An entry as the database keeps it: texts are hashed as they are stored, never read and written anew. */
export interface StoredEntry {
  id: number;
  at: number;
  actor: string;
  action: string;
  subject: string;
  order_id: string | null;
  reason: string | null;
  before_state: string | null;
  after_state: string | null;
  request_id: string | null;
}

/** Where a chain stands. */
export interface ChainHead {
  seq: number;
  hash: string;
}

export const chainStart: ChainHead = {
  seq: 0,
  hash: createHash('sha256').update('cardwell audit log').digest('base64url'),
};

export function linkHash(prev: ChainHead, entry: StoredEntry): string {
  return createHash('sha256')
    .update(`${prev.hash}\n${prev.seq + 1}\n${canonical(entry)}`)
    .digest('base64url');
}

/** One text for one entry: a list in a fixed order, so that no key order or spacing can differ. */
export function canonical(entry: StoredEntry): string {
  return JSON.stringify([
    entry.id,
    entry.at,
    entry.actor,
    entry.action,
    entry.subject,
    entry.order_id,
    entry.reason,
    entry.before_state,
    entry.after_state,
    entry.request_id,
  ]);
}
