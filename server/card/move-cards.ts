/**
 * Takes cards off the shelf and puts them back: withdraw (not to be sold), quarantine (to be looked into), restore.
 * A card that was ever issued, by the word of the database or of the issue journal, never comes back (INV-10); nor does one
 * that the owner took out of the shop.
 */
import type { AuditAction } from '../../contract/audit-actions.ts';
import { type CardStatusName, cardStatus } from '../../contract/states.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import { lockCardStates, setCardStatus } from './card-admin-store.ts';
import { everIssued } from './issue-store.ts';
import type { StockCache } from './stock.ts';
import { statusName } from './stock-store.ts';

export interface MoveDeps {
  database: Database;
  clock: Clock;
  stock?: Pick<StockCache, 'forget'>;
}

export interface MoveInput extends Actor {
  /** At most a few hundred. */
  cardIds: readonly number[];
  reason: string;
}

export interface MoveOutcome {
  /** Cards that now are what was asked for, those that were so before too: asking twice is harmless. */
  moved: number[];
  refused: { cardId: number; why: 'card-not-found' | 'was-issued' | 'was-exported' | CardStatusName }[];
}

interface Move {
  action: AuditAction;
  from: readonly CardStatusName[];
  to: CardStatusName;
}

const moves = {
  withdraw: { action: 'card.withdraw', from: ['available', 'quarantined'], to: 'withdrawn' },
  quarantine: { action: 'card.quarantine', from: ['available'], to: 'quarantined' },
  restore: { action: 'card.restore', from: ['quarantined', 'withdrawn'], to: 'available' },
} as const satisfies Record<string, Move>;

export function withdrawCards(deps: MoveDeps, input: MoveInput): Promise<MoveOutcome> {
  return move(deps, moves.withdraw, input, new Set());
}

export function quarantineCards(deps: MoveDeps, input: MoveInput): Promise<MoveOutcome> {
  return move(deps, moves.quarantine, input, new Set());
}

export async function restoreCards(
  deps: MoveDeps & {
    /** Those of the cards that the issue journal knows. */
    inJournal(cardIds: readonly number[]): Promise<ReadonlySet<number>>;
  },
  input: MoveInput,
): Promise<MoveOutcome> {
  return move(deps, moves.restore, input, await deps.inJournal(input.cardIds));
}

async function move(
  { database, clock, stock }: MoveDeps,
  { action, from, to }: Move,
  { cardIds, reason, actor, requestId }: MoveInput,
  journalled: ReadonlySet<number>,
): Promise<MoveOutcome> {
  const asked = [...new Set(cardIds)];
  const { outcome, skuIds } = await database.transact(action, async (tx) => {
    const cards = new Map((await lockCardStates(tx, asked)).map((card) => [card.id, card]));
    const issued = to === 'available' ? await everIssued(tx, asked) : new Set<number>();
    const outcome: MoveOutcome = { moved: [], refused: [] };
    const changing: { id: number; was: CardStatusName }[] = [];
    for (const cardId of asked) {
      const card = cards.get(cardId);
      const was = card && statusName(card.status);
      if (!was) outcome.refused.push({ cardId, why: 'card-not-found' });
      else if (was === to) outcome.moved.push(cardId);
      else if (!from.includes(was)) outcome.refused.push({ cardId, why: was });
      else if (issued.has(cardId) || journalled.has(cardId)) outcome.refused.push({ cardId, why: 'was-issued' });
      else if (to === 'available' && card.exported_at !== null) outcome.refused.push({ cardId, why: 'was-exported' });
      else changing.push({ id: cardId, was });
    }
    const ids = changing.map((card) => card.id);
    const fromStatuses = from.map((name) => cardStatus[name]);
    const off = to === 'available' ? null : { reason, at: clock.now() };
    const changed = await setCardStatus(tx, ids, fromStatuses, cardStatus[to], off);
    if (changed !== ids.length) throw new RowsChanged(`${action}: ${changed} of ${ids.length} cards`);
    for (const { id, was } of changing) {
      const states = { before: { status: was }, after: { status: to } };
      await recordAudit(tx, { actor, requestId, at: clock.now(), action, subject: `card:${id}`, reason, ...states });
    }
    outcome.moved.push(...ids);
    return { outcome, skuIds: new Set([...cards.values()].map((card) => card.sku_id)) };
  });
  for (const skuId of skuIds) stock?.forget(skuId);
  return outcome;
}
