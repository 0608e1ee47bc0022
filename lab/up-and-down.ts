/** Starting a lab in the background, and ending one in whatever state it is. */
import { execFileSync, fork } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensurePrograms } from '../scripts/setup/debian.mjs';
import { programs } from '../scripts/setup/needs.mjs';
import { until } from '../test/kit/until.ts';
import { askLab } from './control.ts';
import { drawPicture } from './draw.ts';
import { livesStill, ownerOf } from './folder.ts';
import type { KeeperWord } from './keeper.ts';
import type { StartOptions } from './lab.ts';
import { LabCannot } from './lab-cannot.ts';
import type { LabPicture } from './picture.ts';
import { nodeFlags, smallHeap } from './recipes.ts';

export const labNeeds = ['mariadb', 'galera', 'redis', 'haproxy', 'prometheus'] as const;
/** Only where machines are namespaces. */
export const rootNeeds = ['keepalived', 'partitions', 'disks', 'faketime'] as const;
const goneWithinMs = 60_000;

export async function up(dir: string, options: Omit<StartOptions, 'dir'>): Promise<void> {
  const root = process.getuid?.() === 0;
  if (!options.loopback && !root) {
    throw new LabCannot(
      'the lab is made of network namespaces, which need root (sudo). Without it `up --loopback` runs everything on ' +
        'loopback addresses: no partitions, no slow lines, no full disks, no virtual IP that drifts',
    );
  }
  const missing = ensurePrograms([...labNeeds, ...(options.loopback ? [] : rootNeeds)]) as (keyof typeof programs)[];
  if (missing.length > 0) {
    const packages = missing.flatMap((name) => programs[name].debian).join(' ');
    throw new LabCannot(`missing: ${missing.join(', ')}. Install them: apt-get install ${packages}`);
  }
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1).padStart(5);
  const keeper = fork(fileURLToPath(new URL('./keeper.ts', import.meta.url)), [JSON.stringify({ ...options, dir })], {
    detached: true,
    // Nobody may have to wait for the end of its output.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: nodeFlags,
    env: { ...process.env, ...smallHeap },
  });
  // Ctrl-C while it starts: it ends, and everything with it.
  const giveUp = () => keeper.kill('SIGINT');
  process.once('SIGINT', giveUp);
  await new Promise<void>((resolve, reject) => {
    keeper.on('message', (word: KeeperWord) => {
      if ('step' in word) process.stdout.write(`${seconds()} s  ${word.step}\n`);
      else if ('up' in word) resolve();
      else reject(word.plain ? new LabCannot(word.failed) : new Error(word.failed));
    });
    keeper.once('exit', (code) => reject(new LabCannot(`the lab ended while it started (${code})`)));
  });
  process.off('SIGINT', giveUp);
  keeper.unref();
  process.stdout.write(`${seconds()} s  up\n\n${drawPicture((await askLab(dir, 'picture')) as LabPicture, false)}\n`);
}

export async function down(dir: string): Promise<void> {
  if (!existsSync(dir)) throw new LabCannot(`no lab is in ${dir}`);
  const owner = ownerOf(dir);
  await askLab(dir, 'down').catch(() => stopKeeper(dir));
  const isGone = async () => !existsSync(dir) && !(owner && livesStill(owner));
  await until(`${dir} is gone`, isGone, goneWithinMs).catch(() => undefined);
  if (existsSync(dir)) sweep(dir);
}

/** One that does not listen yet, or any more. */
function stopKeeper(dir: string): void {
  const owner = ownerOf(dir);
  if (owner) process.kill(owner.pid, 'SIGKILL');
  else if (!existsSync(`${dir}/lab.json`)) throw new LabCannot(`${dir} holds no lab; nothing was touched`);
}

/** After a loss of power there is nobody left who would have cleaned up. */
function sweep(dir: string): void {
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((path) => path.startsWith(`${dir}/`));
  for (const path of mounts) execFileSync('umount', ['-l', path]);
  rmSync(dir, { recursive: true, force: true });
}
