/** Puts a category, a product or a variant before or after another one. */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { catalogueChanged, type EditDeps, type Refusal } from './edit-deps.ts';
import { lockNeighbours, type Movable, type Placed, writePositions } from './position-store.ts';

export type MoveOutcome = { kind: 'moved' } | Extract<Refusal, { kind: 'not-found' }>;

/** Far enough apart that a person can still write a number in between. */
const step = 10;

export async function moveEntry(
  deps: EditDeps,
  {
    what,
    id,
    beside,
    side,
    actor,
    requestId,
  }: Actor & { what: Movable; id: number; beside: number; side: 'before' | 'after' },
): Promise<MoveOutcome> {
  const { database, clock } = deps;
  const outcome = await database.transact('catalog.move', async (tx): Promise<MoveOutcome> => {
    const rows = await lockNeighbours(tx, what, id);
    const order = reordered(rows, id, beside, side);
    if (!order) return { kind: 'not-found' };
    const before = new Map(rows.map((row) => [row.id, row.position]));
    const changed = order.map((row, at) => ({ id: row.id, position: at * step }));
    await writePositions(
      tx,
      what,
      changed.filter((row) => before.get(row.id) !== row.position),
    );
    const audit = { at: clock.now(), actor, requestId, action: `${what}.move` as const, subject: `${what}:${id}` };
    const after = { position: changed.find((row) => row.id === id)?.position };
    await recordAudit(tx, { ...audit, before: { position: before.get(id) }, after });
    return { kind: 'moved' };
  });
  if (outcome.kind === 'moved') catalogueChanged(deps);
  return outcome;
}

function reordered(
  rows: readonly Placed[],
  id: number,
  beside: number,
  side: 'before' | 'after',
): Placed[] | undefined {
  const moved = rows.find((row) => row.id === id);
  const others = rows.filter((row) => row.id !== id);
  const at = others.findIndex((row) => row.id === beside);
  if (!moved || at < 0) return undefined;
  return others.toSpliced(side === 'before' ? at : at + 1, 0, moved);
}
