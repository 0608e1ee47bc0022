/** The shop that is measured: a fresh store with goods in it, its server, and the load generator, each a process. */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationsFolder } from '../server/paths.ts';
import { systemClock } from '../server/platform/clock.ts';
import { migrate } from '../server/platform/db/migrate.ts';
import { openDatabase } from '../server/platform/db/open-database.ts';
import type { LoadJob, LoadResult } from './load.ts';
import { seedCards } from './seed.ts';

export const secret = 'bench-sandbox-secret';
export const region = 'A0';

export interface BenchStore {
  env: NodeJS.ProcessEnv;
  skuIds: number[];
  remove(): void;
}

export async function prepareStore(options: {
  url: string | undefined;
  skus: number;
  cards: number;
  label: string;
  redisUrl?: string | undefined;
}): Promise<BenchStore> {
  const dir = mkdtempSync(join(tmpdir(), 'cardwell-bench-'));
  const url = options.url ?? `sqlite:${join(dir, 'cardwell.db')}`;
  const database = openDatabase({ url, clock: systemClock });
  await migrate(database, migrationsFolder, systemClock);
  const cardsEach = Math.ceil(options.cards / options.skus);
  const keyFile = join(dir, 'master.key');
  const skuIds = await seedCards({
    database,
    clock: systemClock,
    keyFile,
    skus: options.skus,
    cardsEach,
    region,
    label: options.label,
  });
  await database.close();
  const env = {
    ...process.env,
    DATABASE_URL: url,
    CARDWELL_DATA_DIR: dir,
    CARDWELL_SANDBOX_SECRET: secret,
    CARDWELL_LIMITS: 'off',
    CARDWELL_SAMPLE_DATA: 'off',
    LOG_LEVEL: 'warn',
    ...(options.redisUrl && {
      REDIS_URL: options.redisUrl,
      CARDWELL_REDIS_PREFIX: `bench-${process.pid}-${Date.now()}`,
    }),
  };
  return { env, skuIds, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

export interface BenchServer {
  port: number;
  process: ChildProcess;
  ask<T>(message: string): Promise<T>;
  stop(): Promise<void>;
}

export function startServer(env: NodeJS.ProcessEnv): Promise<BenchServer> {
  const child = fork(new URL('./bench-server.ts', import.meta.url), {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const next = <T>() => new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    void next<{ port: number }>().then(({ port }) =>
      resolve({
        port,
        process: child,
        ask: (message) => {
          const answer = next<never>();
          child.send(message);
          return answer;
        },
        stop: () =>
          new Promise((done) => {
            child.once('exit', () => done());
            child.disconnect();
          }),
      }),
    );
  });
}

/** Buyers are spread over the ports. */
export async function load(port: number | number[], job: Omit<LoadJob, 'ports'>): Promise<LoadResult> {
  const result = await runScript<LoadResult>('./load.ts', { ...job, ports: [port].flat() }, process.env);
  if (result.failed > 0) process.stderr.write(`${result.failed} failed, for example:\n${result.failures.join('\n')}\n`);
  return result;
}

export function runScript<T>(script: string, job: unknown, env: NodeJS.ProcessEnv): Promise<T> {
  const file = new URL(script, import.meta.url).pathname;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file, JSON.stringify(job)], { env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${script}: ${stderr || error.message}`));
      else resolve(JSON.parse(stdout) as T);
    });
  });
}
