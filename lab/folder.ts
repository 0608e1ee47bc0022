/** The one folder that everything of a lab is in. It goes when the lab goes, however that ends; two labs never share one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabCannot } from './lab-cannot.ts';

export interface LabFolder {
  dir: string;
  /** Waits until it is gone. */
  remove(): Promise<void>;
}

export interface Owner {
  pid: number;
  /** Of the process, in the kernel's ticks since the machine started: numbers of processes are used again. */
  began: string;
}

const ownerFile = 'lab.json';

/** Disks that are still mounted are waited for: their own shells take them away. */
const script = `
dir=$1
cat >/dev/null
cd /
tries=0
while [ -e "$dir" ] && [ $tries -lt 300 ]; do
  rm -rf --one-file-system "$dir" 2>/dev/null
  tries=$((tries + 1)); sleep 0.1
done
`;

export function claimFolder(dir: string): LabFolder {
  const owner = ownerOf(dir);
  if (owner)
    throw new LabCannot(`a lab runs in ${dir} already (process ${owner.pid}); end it first, or name another folder`);
  mkdirSync(dir, { recursive: true, mode: 0o755 });
  if (readdirSync(dir).length > 0)
    throw new LabCannot(
      `${dir} is not empty. If a lab was killed there, end it first: npm run lab -- down --dir ${dir}`,
    );
  const mine: Owner = { pid: process.pid, began: beganAt(process.pid) ?? '' };
  writeFileSync(join(dir, ownerFile), JSON.stringify(mine), { flag: 'wx' });
  const shell = spawn('/bin/sh', ['-c', script, 'sh', dir], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return {
    dir,
    async remove() {
      shell.ref();
      const ended = once(shell, 'exit');
      shell.stdin.end();
      await ended;
      if (existsSync(dir)) throw new Error(`${dir} could not be removed`);
    },
  };
}

/** The process that runs a lab in this folder, if it lives. */
export function ownerOf(dir: string): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(join(dir, ownerFile), 'utf8')) as Owner;
    return livesStill(owner) ? owner : undefined;
  } catch {
    return undefined;
  }
}

export const livesStill = (owner: Owner): boolean => beganAt(owner.pid) === owner.began;

function beganAt(pid: number): string | undefined {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return afterName[0] === 'Z' ? undefined : afterName[19];
  } catch {
    return undefined;
  }
}
