import { Command } from 'commander';
import { readConfig } from '../../server/config.ts';
import { type Context, openContext } from '../../server/context.ts';
import {
  type HandSwitch,
  newest,
  readSwitchFile,
  readSwitchRedis,
  readSwitchSetting,
} from '../../server/degrade/hand-switch.ts';
import { nextMode, reasonsOf } from '../../server/degrade/mode.ts';
import { retryQuarantined } from '../../server/degrade/retry-quarantined.ts';
import { turnByHand } from '../../server/degrade/turn-by-hand.ts';
import { refuseTicket } from '../../server/order/replay-order.ts';
import { sleep } from '../../server/platform/clock.ts';

const actor = 'cli';
const databaseWithinMs = 2000;

export function degradeCommand(): Command {
  const degrade = new Command('degrade').description(
    'degrade mode: orders are recorded on disk and placed later. It comes and goes by itself; this is the hand on it',
  );
  for (const on of [true, false]) {
    degrade
      .command(on ? 'on' : 'off')
      .description(on ? 'record orders from now on, until it is turned off' : 'take the hand off: it ends by itself')
      .option('--why <reason>', 'stands in the status and in the audit log', '')
      .action(({ why }: { why: string }) => withContext((context) => turn(context, on, why)));
  }
  degrade
    .command('status')
    .description('what this machine knows: mode, hand, entries that wait, entries set aside')
    .option('--json', 'print {mode, reasons, databaseAnswers, waiting, quarantined, hand}')
    .action(({ json }: { json?: boolean }) => withContext((context) => status(context, json ?? false)));
  degrade.addCommand(quarantineCommand());
  return degrade;
}

function quarantineCommand(): Command {
  const quarantine = new Command('quarantine').description('recorded entries that could not be replayed');
  quarantine
    .command('list')
    .description('which, since when and why')
    .option('--json', 'print them as JSON')
    .action(({ json }: { json?: boolean }) =>
      withContext(async ({ degrade: { book } }) => {
        const found = await book.quarantine.list();
        if (json) return print(JSON.stringify(found));
        for (const one of found) {
          print(`${one.id}\t${one.intent?.kind ?? 'unreadable'}\t${new Date(one.at).toISOString()}\t${one.why}`);
        }
      }),
    );
  for (const decision of ['retry', 'drop'] as const) {
    quarantine
      .command(decision)
      .description(decision === 'retry' ? 'put it back into the queue' : 'end it: nothing more is done for it')
      .argument('<id>', 'from the list')
      .action((id: string) =>
        withContext(async (context) => {
          const { book } = context.degrade;
          await book.refresh();
          const found = await book.quarantine.find(id);
          if (!found) return fail(`nothing in quarantine is called ${id}`);
          const outcome = await retryQuarantined(book, found, decision);
          if (outcome === 'unreadable')
            return fail(`${id} holds nothing that can be replayed; mend its file or drop it`);
          // The file decides; a database that is away only leaves the ticket saying that a person looks at it.
          if (outcome === 'dropped' && found.intent?.kind === 'order')
            await Promise.race([refuseTicket(context, found.intent).catch(() => undefined), sleep(databaseWithinMs)]);
          print(outcome === 'queued' ? `${id} is in the queue again` : `${id} is dropped`);
        }),
      );
  }
  return quarantine;
}

async function turn(context: Context, on: boolean, why: string): Promise<void> {
  const { dataDir } = context.config;
  const { toldDatabase, toldRedis } = await turnByHand({ ...context, dataDir }, { on, why, actor });
  print(`degrade mode is turned ${on ? 'on' : 'off'} by hand`);
  if (toldDatabase) return;
  print(
    toldRedis
      ? 'The database was not told; processes on other machines hear of it from Redis.'
      : 'The database was not told: only processes with this data folder know. Run it on the other machines too.',
  );
}

async function status(context: Context, json: boolean): Promise<void> {
  const { degrade, config, database, redis } = context;
  await degrade.book.refresh();
  const inFile = await readSwitchFile(config.dataDir);
  const inDatabase = await Promise.race([
    readSwitchSetting(database.read).catch(() => 'away' as const),
    sleep(databaseWithinMs).then(() => 'away' as const),
  ]);
  const databaseAnswers = inDatabase !== 'away';
  const hand: HandSwitch | undefined = newest(
    inFile,
    await readSwitchRedis(redis),
    typeof inDatabase === 'object' ? inDatabase : undefined,
  );
  const waiting = degrade.book.waitingCount();
  const facts = { databaseAway: !databaseAnswers, byHand: hand?.on ?? false, waiting };
  const mode = nextMode(waiting > 0 ? 'replaying' : 'normal', facts);
  const quarantined = (await degrade.book.quarantine.list()).length;
  if (json)
    return print(JSON.stringify({ mode, reasons: reasonsOf(facts), databaseAnswers, waiting, quarantined, hand }));
  print(`mode         ${mode}${facts.byHand ? ' (by hand)' : ''}`);
  print(`database     ${databaseAnswers ? 'answers' : 'does not answer'}`);
  print(`waiting      ${waiting}`);
  print(`quarantined  ${quarantined}`);
  if (hand)
    print(`hand         ${hand.on ? 'on' : 'off'} since ${new Date(hand.at).toISOString()} by ${hand.by} ${hand.why}`);
}

/** Needs no database: it may be what is away. */
async function withContext(work: (context: Context) => Promise<void>): Promise<void> {
  const context = await openContext(readConfig(), []);
  await work(context);
  // A connection that is being tried for must not hold the terminal.
  await Promise.race([context.close().catch(() => undefined), sleep(1000)]);
  process.exit();
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(says: string): void {
  process.stderr.write(`cardwell: ${says}\n`);
  process.exitCode = 1;
}
