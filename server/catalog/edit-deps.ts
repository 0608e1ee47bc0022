/** What a change of the catalogue needs, and how it ends. */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Nudges } from '../platform/nudges.ts';
import type { FieldFault } from './sku-rules.ts';

export interface EditDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
}

/** Which of these SKUs have cards or orders. Those keep the SKU: what is on record must go on making sense. */
export type SkusInUse = (skuIds: readonly number[]) => Promise<ReadonlySet<number>>;

export type Refusal =
  | { kind: 'not-found' }
  | { kind: 'edit-conflict' }
  | { kind: 'slug-taken' }
  | { kind: 'category-not-found' }
  | { kind: 'picture-not-found' }
  | { kind: 'in-use' }
  | { kind: 'invalid'; faults: FieldFault[] };

/** Names one version of one row. */
export interface RowVersion {
  id: number;
  version: number;
}

export function catalogueChanged({ nudges }: EditDeps): void {
  nudges.send('catalogue', 'all');
}
