/** Everything that must be true when a drill is over. */
import * as cards from './checks/cards.ts';
import * as machines from './checks/machines.ts';
import * as money from './checks/money.ts';
import * as orders from './checks/orders.ts';
import type { LabCheck } from './lab-check.ts';

export const labChecks: readonly LabCheck[] = [
  orders.promisedOrdersExist,
  orders.recordedOrdersAreSettled,
  orders.oneOrderForOneWish,
  orders.statesGoForward,
  orders.cancelledStaysCancelled,
  cards.shownToOneBuyer,
  cards.issuedOnce,
  cards.buyersHoldWhatWasIssued,
  cards.journalAndDatabaseAgree,
  cards.stockAddsUp,
  money.paidMeansDelivered,
  money.moneyIsEqual,
  money.refundsWithinPayments,
  money.deliveredMeansPaid,
  money.repeatsChangeNothing,
  machines.nodesAgree,
  machines.queuesAreEmpty,
  machines.ownAuditHolds,
];
