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
  return cachedFolder(await mariadbVersion(), async (draft) => {
    await run('/usr/bin/mariadb-install-db', [
      '--no-defaults',
      `--user=${userInfo().username}`,
      `--datadir=${draft}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
      '--innodb-log-file-size=64M',
    ]);
  });
}

export async function mariadbVersion(): Promise<string> {
  const { stdout } = await run('/usr/sbin/mariadbd', ['--version']);
  return /Ver (\S+)/.exec(stdout)?.[1] ?? 'unknown';
}

/** A folder that is costly to fill, kept between runs. @returns its path */
export async function cachedFolder(name: string, fill: (draft: string) => Promise<void>): Promise<string> {
  const dir = join(cache, name);
  if (await exists(dir)) return dir;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'draft-'));
  await fill(draft);
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
