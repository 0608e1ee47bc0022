/** An initialised, empty MariaDB data folder: made once (it takes seconds), then copied for each server. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = join(import.meta.dirname, '../../node_modules/.cache/cardwell-mariadb');

export async function copyMariadbTemplate(to: string): Promise<void> {
  await cp(await template(), to, { recursive: true });
}

async function template(): Promise<string> {
  const { stdout } = await run('/usr/sbin/mariadbd', ['--version']);
  const version = /Ver (\S+)/.exec(stdout)?.[1] ?? 'unknown';
  const dir = join(cache, version);
  if (await exists(dir)) return dir;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'draft-'));
  await run('/usr/bin/mariadb-install-db', [
    '--no-defaults',
    `--user=${userInfo().username}`,
    `--datadir=${draft}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-name-resolve',
    '--innodb-log-file-size=64M',
  ]);
  await publish(draft, dir);
  return dir;
}

/** Test files run at the same time: whoever renames first wins, the others throw their draft away. */
async function publish(draft: string, dir: string): Promise<void> {
  try {
    await rename(draft, dir);
  } catch (error) {
    if (!(await exists(dir))) throw error;
    await rm(draft, { recursive: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
