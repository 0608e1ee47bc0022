/**
 * A disk for each zone: a file with a file system in it, mounted inside the lab's folder, so that one zone's disk can be
 * full while the others go on. A small shell holds it and takes it away when the lab is gone, however it went.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ZoneDisk {
  readonly folder: string;
  /** Not a block is left. */
  fill(): Promise<void>;
  free(): void;
  close(): Promise<void>;
}

/** Of the real disk it takes what is written to it. */
const sizeMb = 3072;

const script = `
image=$1 folder=$2 size=$3
PATH=$PATH:/usr/sbin:/sbin
truncate -s "$size"M "$image" &&
mkfs.ext4 -q -m 0 -E lazy_itable_init=1,lazy_journal_init=1 "$image" &&
mount -o loop,noatime "$image" "$folder" || exit 1
echo mounted
cat >/dev/null
tries=0
until umount "$folder" 2>/dev/null; do
  tries=$((tries + 1)); [ $tries -lt 100 ] || { umount -l "$folder"; break; }
  sleep 0.1
done
rm -f "$image"
`;

export async function mountDisk(folder: string): Promise<ZoneDisk> {
  mkdirSync(folder, { recursive: true });
  const args = ['-c', script, 'sh', `${folder}.img`, folder, String(sizeMb)];
  const shell = spawn('/bin/sh', args, { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  const { value, done } = await createInterface({ input: shell.stdout })[Symbol.asyncIterator]().next();
  if (done || value !== 'mounted') throw new Error(`no disk can be mounted at ${folder}`);
  shell.unref();
  for (const stream of [shell.stdin, shell.stdout]) (stream as unknown as { unref(): void }).unref();
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: () => reserveAll(ballast, folder),
    free: () => rmSync(ballast, { force: true }),
    async close() {
      shell.ref();
      const ended = once(shell, 'exit');
      shell.stdin.end();
      await ended;
    },
  };
}

/** The blocks are reserved, which is as good as written and takes none of the real disk. */
async function reserveAll(file: string, folder: string): Promise<void> {
  for (let blockMb = sizeMb; blockMb >= 1 / 256; blockMb /= 2) {
    const blockBytes = Math.floor(blockMb * 2 ** 20);
    while (await reserve(file, blockBytes));
  }
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize > 2 ** 20) throw new Error(`${folder} is not full: ${bavail * bsize} bytes are left`);
}

/** @returns whether there was room */
async function reserve(file: string, bytes: number): Promise<boolean> {
  const from = existsSync(file) ? statSync(file).size : 0;
  return run('/usr/bin/fallocate', ['-o', String(from), '-l', String(bytes), file]).then(
    () => true,
    () => false,
  );
}
