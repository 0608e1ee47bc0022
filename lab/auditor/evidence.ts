/**
 * What the auditor judges, as plain data: what buyers saw, what the payment networks have in their books, what the issue
 * journals hold, what stands in each database node. Being data it can be copied and spoiled, which is how the auditor itself
 * is tried (plant-faults.ts).
 */
import type { GatewayTrade } from '../../gateways/books.ts';
import type { AuditReport } from '../../server/reconcile/audit/audit-all.ts';
import type { History } from '../workload/history.ts';

export interface OrderRow {
  id: string;
  status: string;
  contact: string;
  currency: string;
  totalMinor: number;
  receivedMinor: number;
  refundedMinor: number;
  /** Cards that its lines ask for. */
  wantedCards: number;
}

export interface CardRow {
  id: number;
  skuId: number;
  status: number;
  orderId: string | null;
}

export interface IssueRow {
  cardId: number;
  orderId: string;
}

export interface PaymentRow {
  /** The number that the network knows it by. */
  id: string;
  orderId: string;
  channel: string;
  currency: string;
  receivedMinor: number;
  refundedMinor: number;
}

export interface ProofRow {
  channel: string;
  tradeNo: string;
  paymentId: string;
  orderId: string | null;
  amountMinor: number;
  currency: string;
}

export interface NodeDump {
  name: string;
  orders: OrderRow[];
  cards: CardRow[];
  issues: IssueRow[];
  payments: PaymentRow[];
  proofs: ProofRow[];
  /** Orders that a person decided to complete without payment. */
  completedByHand: string[];
  refunds: { refundNo: string; paymentId: string; amountMinor: number; status: string }[];
  openCases: { kind: string; orderId: string | null }[];
  /** Cards ever imported. */
  imported: number;
  /** Topics of outbox messages that are due and not sent. */
  dueOutbox: string[];
  /** Table -> a sum over all its rows. */
  checksums: Record<string, string>;
}

export interface NetworkBooks {
  channel: string;
  trades: Pick<GatewayTrade, 'outTradeNo' | 'tradeNo' | 'status' | 'paidMinor' | 'currency' | 'refunds'>[];
}

export interface JournalEvidence {
  records: { cardId: number; orderId: string }[];
  broken: string[];
}

export interface Evidence {
  history: History;
  /** One for each database node that should be in the cluster. */
  nodes: NodeDump[];
  books: NetworkBooks[];
  journals: JournalEvidence;
  /** `cardwell audit`, with the journals of all processes. */
  audit: AuditReport;
  /** Orders recorded while the database was away that still wait on some disk. */
  waitingIntents: number;
  /** Callbacks that were sent again: what changed by it, in words. */
  replayed: { callbacks: number; changes: string[] };
  /**
   * Orders that the database is known to have lost because an older backup was put back. They may be missing; their cards
   * must not be for sale.
   */
  lostByRestore?: ReadonlySet<string>;
}
