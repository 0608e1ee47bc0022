/** A fault that is planted into a copy of true evidence, and what planting needs. */
import type { Evidence, NodeDump } from '../evidence.ts';

export interface PlantedFault {
  name: string;
  /** The check that must find it. Others may find it too. */
  foundBy: string;
  /** Spoils the evidence. @throws when there is nothing in it that this fault could happen to */
  plant(evidence: Evidence): void;
}

export function some<T>(what: string, found: T | undefined): T {
  if (found === undefined) throw new Error(`the evidence has no ${what} to spoil`);
  return found;
}

type Buyer = Evidence['history']['buyers'][number];

export const buyer = (evidence: Evidence, what: string, is: (one: Buyer) => boolean): Buyer =>
  some(what, evidence.history.buyers.find(is));

export const served = (evidence: Evidence): Buyer[] =>
  evidence.history.buyers.filter(({ cards }) => cards && cards.length > 0);

/** On all nodes alike: what differs between them is a fault of its own. */
export function everywhere(evidence: Evidence, change: (node: NodeDump) => void): void {
  for (const node of evidence.nodes) change(node);
}

export function remove<T>(rows: T[], is: (row: T) => boolean): void {
  rows.splice(0, rows.length, ...rows.filter((row) => !is(row)));
}
