/** `npm run lab -- <command>`: docs/lab.md. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { askLab } from './control.ts';
import { drawPicture } from './draw.ts';
import { LabCannot } from './lab-cannot.ts';
import type { LabPicture } from './picture.ts';
import { down, up } from './up-and-down.ts';
import { watch } from './watch.ts';

const defaultDir = '/var/tmp/cardwell-lab';

const program = new Command('npm run lab --')
  .description(
    'the whole production topology on this machine: three zones, a database cluster, Redis Cluster, proxies, all roles',
  )
  .option('--dir <folder>', 'everything of the lab is in here', defaultDir)
  .enablePositionalOptions();
const dir = () => resolve(program.opts<{ dir: string }>().dir);

program
  .command('up')
  .description('start a lab; it stays until `down`')
  .option('--loopback', 'on loopback addresses: needs no root, and has no partitions and no virtual IP')
  .option('--small', 'roles in two zones instead of three')
  .option('--cards <number>', 'cards on sale', Number, 16_000)
  .option('--skus <number>', 'kinds of goods', Number, 8)
  .action((options) => up(dir(), options));
program
  .command('down')
  .description('end it; nothing stays behind, also of a lab that was killed')
  .action(() => down(dir()));
program
  .command('status')
  .description('a live picture: zones, roles, who writes, who leads, who holds the virtual IP')
  .option('--once', 'print it once')
  .option('--json', 'print it once, as JSON')
  .action(async ({ once, json }: { once?: boolean; json?: boolean }) => {
    const ask = async () => (await askLab(dir(), 'picture')) as LabPicture;
    if (json) return print(JSON.stringify(await ask(), null, 2));
    if (once || !process.stdout.isTTY) return print(drawPicture(await ask(), false));
    await watch(ask);
  });

/** Those that only pass their words on. A target is a process (order-b), a machine (db-a) or a zone (zone-c). */
const faults: readonly [usage: string, about: string][] = [
  ['kill <process|zone...>', 'SIGKILL'],
  ['stop <process|zone...>', 'SIGTERM, as an orchestrator does it'],
  ['start <process|zone...>', 'start again what was killed or stopped'],
  ['pause <process|zone...>', 'freeze: connections stay open and nobody answers'],
  ['resume <process|zone...>', 'the opposite'],
  ['partition <machine|zone...>', 'no packet leaves or reaches it; a zone still reaches itself'],
  ['heal [machine|zone...]', 'mends the lines of these, or all'],
  ['slow <machine> <setting...>', 'kbitPerSecond=…, lossPercent=…, delayMs=… (where the kernel has netem)'],
  ['fill-disk <zone>', 'not a byte more can be written in this zone'],
  ['free-disk <zone>', 'the opposite'],
  ['clock <process> <seconds>', 'starts it again with a clock that is off by so much; 0 mends it'],
  ['recover-database', 'after a crash of all nodes: from the one that has most'],
  ['cardwell <zone> <argument...>', '`npx cardwell …` in a zone'],
  ['environment <zone>', 'what the roles of a zone are told'],
  ['topology', 'addresses, ports, processes, goods'],
];
for (const [usage, about] of faults) {
  const [name = '', ...words] = usage.split(' ');
  const command = program.command(name).description(about).passThroughOptions();
  for (const word of words) command.argument(word);
  command.action(async (...given: unknown[]) => {
    const list = (given.slice(0, words.length).flat() as (string | undefined)[]).filter((one) => one !== undefined);
    const done = await askLab(dir(), name, list);
    if (name === 'cardwell') return passOn(done as { code: number; stdout: string; stderr: string });
    if (done) print(JSON.stringify(done, null, 2));
  });
}

function passOn({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }): void {
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = code;
}

const print = (text: string) => void process.stdout.write(`${text}\n`);

try {
  await program.parseAsync();
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const nobody = code === 'ENOENT' || code === 'ECONNREFUSED';
  if (!nobody && !(error instanceof LabCannot)) throw error;
  process.stderr.write(`${nobody ? `no lab runs in ${dir()}: npm run lab -- up` : message}\n`);
  process.exitCode = 1;
}
