import { hostname } from 'node:os';
import { Command } from 'commander';
import { readShopName } from '../../server/catalog/shop-info.ts';
import { readConfig } from '../../server/config.ts';
import { type Context, channelKeys, openContext } from '../../server/context.ts';
import { createMailer } from '../../server/delivery/mailer.ts';
import { testTarget } from '../../server/delivery/notices/test-target.ts';
import { noticeOpening } from '../../server/http/notice-opening.ts';
import { targetViews } from '../../server/http/notice-view.ts';
import { randomToken } from '../../server/platform/ids.ts';

export function notifyCommand(): Command {
  const notify = new Command('notify').description('whom the shop tells of what; works with or without a server');
  notify
    .command('list')
    .description('all notice targets, without their secrets')
    .option('--json', 'print them as JSON')
    .action(({ json }: { json?: boolean }) =>
      withTargets(async (context, opening) => {
        const targets = await targetViews(context, opening);
        if (json) return print(JSON.stringify(targets));
        if (targets.length === 0) print('there are no notice targets; the console has a page for them');
        for (const { id, kind, name, enabled, fault, failed, events } of targets) {
          const state = fault ?? (enabled ? `${events.length} events` : 'off');
          print(`${id}\t${kind}\t${name}\t${state}${failed > 0 ? `\t${failed} given up` : ''}`);
        }
      }),
    );
  notify
    .command('test')
    .description("send a test message now and print the service's answer")
    .argument('<id>', 'its number, from the list')
    .action((id: string) =>
      withTargets(async (context, opening) => {
        const number = Number(id);
        const { baseUrl } = context.config;
        const shopName = () => readShopName(context.database.read);
        const requestId = `cli-${hostname().slice(0, 20)}-${randomToken().slice(0, 12)}`;
        const tested = Number.isSafeInteger(number)
          ? await testTarget({ ...context, opening, baseUrl, shopName }, { id: number, actor: 'cli', requestId })
          : ({ kind: 'not-found' } as const);
        if (tested.kind === 'tested' && tested.result.kind === 'sent')
          return print(`sent in ${tested.tookMs} ms: ${tested.result.answer}`);
        const why = tested.kind === 'not-found' ? `there is no target ${id}` : reasonOf(tested.result);
        process.stderr.write(`cardwell: ${why}\n`);
        process.exitCode = 1;
      }),
    );
  return notify;
}

const reasonOf = (result: { kind: string; reason?: string }): string => `it was not taken: ${result.reason ?? ''}`;

async function withTargets(
  work: (context: Context, opening: ReturnType<typeof noticeOpening>) => Promise<void>,
): Promise<void> {
  const config = readConfig();
  const context = await openContext(config, []);
  const mailer = config.smtpUrl ? createMailer({ smtpUrl: config.smtpUrl, from: config.mailFrom }) : undefined;
  try {
    await work(context, noticeOpening({ ...context, channelKeyring: channelKeys(config) }, mailer));
  } finally {
    mailer?.close();
    await context.close();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
