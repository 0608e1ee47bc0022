import { nextQueryAt, type Payment } from '../../payment/payment.ts';
import { duePayments, scheduleQuery } from '../../payment/payment-store.ts';
import { queryPayment } from '../../payment/query-payment.ts';
import { sleep } from '../../platform/clock.ts';
import type { Scan, ScanDeps, ScanReport } from './scan.ts';

const atOnce = 50;
const sideBySide = 4;
/** With four side by side, 20 questions a second: what the networks allow a merchant without asking. */
const minPerCallMs = 200;
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

/** Each channel has its own line, so that a slow one delays no other, and is asked no faster than it takes well. */
async function askAll(deps: ScanDeps, due: readonly Payment[]): Promise<number> {
  const lines = Map.groupBy(due, (payment) => payment.channel);
  const settled = await Promise.all([...lines.values()].map((line) => askLine(deps, line)));
  return settled.reduce((sum, count) => sum + count, 0);
}

async function askLine(deps: ScanDeps, due: readonly Payment[]): Promise<number> {
  const waiting = [...due];
  let settled = 0;
  const askOn = async () => {
    for (let payment = waiting.shift(); payment && !deps.signal.aborted; payment = waiting.shift()) {
      const from = deps.clock.monotonicMs();
      if (await ask(deps, payment)) settled++;
      const isOurs = deps.channels.get(payment.channel)?.sandbox ?? true;
      if (!isOurs) await sleep(Math.max(1, minPerCallMs - (deps.clock.monotonicMs() - from)), deps.signal);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, askOn));
  return settled;
}

async function ask(deps: ScanDeps, payment: Payment): Promise<boolean> {
  try {
    const { kind } = await queryPayment(deps, payment);
    return kind === 'paid' || kind === 'refunded' || kind === 'closed';
  } catch (error) {
    deps.log.error({ err: error, paymentId: payment.id }, 'a payment could not be asked about yet');
    const now = deps.clock.now();
    const next = nextQueryAt(payment.createdAt, payment.queryCount + 1, now);
    await deps.database.transact('payment.queried', (tx) => scheduleQuery(tx, payment, next));
    return false;
  }
}
