import { Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import type { BillReport } from '../../server/reconcile/bills/bill.ts';
import { type ReconcileOutcome, reconcileDay } from '../../server/reconcile/bills/reconcile-day.ts';

export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description("compare a day of our books with the channels' bills; differences become review cases")
    .requiredOption('--date <date>', 'the day, as the channel counts it: YYYY-MM-DD', date)
    .option('--channel <code>', 'only this channel; without it every channel that gives bills')
    .option('--json', 'print {ok, results: [{channel, kind, report?, reason?}]}')
    .action(async (options: { date: string; channel?: string; json?: boolean }) => {
      const context = await openContext(readConfig(), ['worker']);
      try {
        await context.channels.refresh();
        const channels = context.channels
          .all()
          .filter(({ code, bill }) => (options.channel ? code === options.channel : bill !== undefined));
        if (options.channel && channels.length === 0) throw new Error(`no channel is called "${options.channel}"`);
        const results = [];
        for (const channel of channels)
          results.push({ channel: channel.code, ...(await reconcileDay(context, channel, options.date)) });
        const ok = results.every((result) => result.kind === 'compared' && result.report.ok);
        process.stdout.write(options.json ? `${JSON.stringify({ ok, results })}\n` : results.map(printed).join('\n'));
        if (channels.length === 0) process.stdout.write(options.json ? '' : 'No channel gives bills.\n');
        if (!ok) process.exitCode = 1;
      } finally {
        await context.close();
      }
    });
}

function date(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('write it as YYYY-MM-DD');
  return text;
}

function printed(result: { channel: string } & ReconcileOutcome): string {
  return result.kind === 'compared' ? table(result.report) : `${result.channel}: ${result.kind}: ${result.reason}\n`;
}

function table({ channel, date, ok, payments, refunds, feesMinor, matched, differences }: BillReport): string {
  const money = (minor: number | null) => (minor === null ? '-' : (minor / 100).toFixed(2)).padStart(12);
  const lines = differences.map(
    (one) =>
      `  ${one.kind.padEnd(12)} ${one.type.padEnd(7)} ${(one.refundNo ?? one.tradeNo).padEnd(34)} theirs ${money(one.theirsMinor)}  ours ${money(one.oursMinor)}  ${one.says}`,
  );
  return `${channel} ${date}: ${ok ? 'equal' : 'DIFFERS'}
  payments ${String(payments.count).padStart(7)} ${money(payments.minor)}
  refunds  ${String(refunds.count).padStart(7)} ${money(refunds.minor)}
  fees             ${money(feesMinor)}
  matched  ${String(matched).padStart(7)}
${lines.length > 0 ? `${lines.join('\n')}\n` : ''}`;
}
