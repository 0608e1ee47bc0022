/** Every invariant that data can prove. INV-8 (Redis is never the truth) is proved by drills: wipe it, then run these. */
import type { Check } from './check.ts';
import { cardsIssuedOnce } from './inv-1-store.ts';
import { paymentsEndWell } from './inv-2-store.ts';
import { ordersSurvive } from './inv-3-store.ts';
import { deliveredIsPaid } from './inv-4-store.ts';
import { repeatsChangeNothing } from './inv-5-store.ts';
import { stockAddsUp } from './inv-6.ts';
import { moneyAddsUp } from './inv-7-store.ts';
import { secretsAreSealed } from './inv-9-store.ts';
import { shownCardsNeverSoldAgain } from './inv-10.ts';
import { auditLogIsWhole } from './log-1.ts';

export const checks: readonly Check[] = [
  cardsIssuedOnce,
  paymentsEndWell,
  ordersSurvive,
  deliveredIsPaid,
  repeatsChangeNothing,
  stockAddsUp,
  moneyAddsUp,
  secretsAreSealed,
  shownCardsNeverSoldAgain,
  auditLogIsWhole,
];
