import { nextQueryAt, type Payment } from '../../payment/payment.ts';
import { duePayments, scheduleQuery } from '../../payment/payment-store.ts';
import { queryPayment } from '../../payment/query-payment.ts';
import type { Scan, ScanDeps, ScanReport } from './scan.ts';

const atOnce = 50;
const sideBySide = 8;
const maxRounds = 20;

export const queryPaymentsScan: Scan = {
  name: 'query-payments',
  says: 'Asks the channels about unfinished payments whose time to be asked has come, and takes in the money they report.',
  everyMs: 5_000,
  runsOn: 'leader',
  async run(deps) {
    const report: ScanReport = { found: 0, mended: 0 };
    for (let round = 0; round < maxRounds && !deps.signal.aborted; round++) {
      const due = await duePayments(deps.database.read, deps.clock.now(), atOnce);
      report.found += due.length;
      report.mended += await askAll(deps, due);
      if (due.length < atOnce) break;
    }
    return report;
  },
};

async function askAll(deps: ScanDeps, due: readonly Payment[]): Promise<number> {
  const waiting = [...due];
  let settled = 0;
  const askOn = async () => {
    for (let payment = waiting.shift(); payment && !deps.signal.aborted; payment = waiting.shift()) {
      if (await ask(deps, payment)) settled++;
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, askOn));
  return settled;
}

async function ask(deps: ScanDeps, payment: Payment): Promise<boolean> {
  try {
    const { kind } = await queryPayment(deps, payment);
    return kind === 'paid' || kind === 'closed';
  } catch (error) {
    deps.log.error({ err: error, paymentId: payment.id }, 'a payment could not be asked about yet');
    const now = deps.clock.now();
    const next = nextQueryAt(payment.createdAt, payment.queryCount + 1, now);
    await deps.database.transact('payment.queried', (tx) => scheduleQuery(tx, payment, next));
    return false;
  }
}
