/** What a person does to an order, from a shell: the same operations as at the desk, in the audit log as `cli`. */
import { Command } from 'commander';
import { readConfig } from '../../server/config.ts';
import { type Context, openContext } from '../../server/context.ts';
import { resendMail } from '../../server/order/resend-mail.ts';
import { completeOrder } from '../../server/payment/complete-order.ts';
import { replaceBatch } from '../../server/payment/replace-batch.ts';
import { replaceCards } from '../../server/payment/replace-cards.ts';
import { requestRefund } from '../../server/payment/request-refund.ts';
import { sortableId } from '../../server/platform/ids.ts';

const actor = 'cli';

interface Options {
  reason: string;
  json?: boolean;
}

export function orderCommand(): Command {
  const order = new Command('order').description(
    'do to an order what the desk does; works on the database, with or without a server',
  );
  const sub = (usage: string, says: string) =>
    order
      .command(usage)
      .description(says)
      .requiredOption('--reason <text>', 'kept in the audit log')
      .option('--json', 'print the outcome as JSON');
  sub('replace-cards <order> <cards...>', 'withdraw bad cards of an order and give it new ones').action(
    (orderId: string, cards: string[], options: Options) =>
      run(options, 'replaced', (context, by) =>
        replaceCards(context, { orderId, cardIds: cards.map(wholeNumber), ...by }),
      ),
  );
  sub('replace-batch <batch>', 'a whole import is bad: withdraw the rest of it and give its buyers new cards').action(
    (batch: string, options: Options) =>
      run(options, 'done', (context, by) => wholeBatch(context, wholeNumber(batch), by)),
  );
  sub('resend-mail <order>', 'send the buyer the mail of the order once more').action(
    (orderId: string, options: Options) =>
      run(options, 'queued', (context, by) => resendMail(context, { orderId, ...by })),
  );
  sub('complete <order>', 'deliver an order by decision of a person').action((orderId: string, options: Options) =>
    run(options, 'completed', (context, by) => completeOrder(context, { orderId, ...by })),
  );
  sub('refund <order> [amountMinor]', 'give money back through the channel; all that is left without an amount').action(
    (orderId: string, amount: string | undefined, options: Options) =>
      run(options, 'requested', (context, by) => {
        const amountMinor = amount === undefined ? undefined : wholeNumber(amount);
        return requestRefund(context, { orderId, amountMinor, mode: 'channel', ...by });
      }),
  );
  return order;
}

type By = { actor: string; requestId: string; reason: string };

async function wholeBatch(context: Context, batchId: number, by: By) {
  const sum = { kind: 'done' as const, withdrawn: 0, replaced: 0, failed: [] as unknown[] };
  for (let after: number | null = 0; after !== null; ) {
    const step = await replaceBatch(context, { batchId, after, ...by });
    if (step.kind !== 'done') return step;
    sum.withdrawn += step.withdrawn;
    sum.replaced += step.replaced;
    sum.failed.push(...step.failed);
    after = step.next;
  }
  return sum;
}

/** Whatever is not `good` is a refusal: told in one line, and the exit code is 1. */
async function run(
  { reason, json }: Options,
  good: string,
  work: (context: Context, by: By) => Promise<{ kind: string }>,
): Promise<void> {
  const context = await openContext(readConfig(), []);
  try {
    const outcome = await work(context, { actor, requestId: `cli-${sortableId(context.clock.now())}`, reason });
    const { kind, ...rest } = outcome as { kind: string; order?: unknown };
    if (json) process.stdout.write(`${JSON.stringify(outcome)}\n`);
    else process.stdout.write(`${kind} ${JSON.stringify({ ...rest, order: undefined })}\n`);
    // A proposal waits for a second person at the desk: a shell is nobody's second pair of eyes.
    if (kind !== good) process.exitCode = 1;
  } finally {
    await context.close();
  }
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value <= 0) throw new Error(`not a number: ${text}`);
  return value;
}
