/** A real shop for browser tests: the program itself on a database of its own, with the sample catalogue. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { until } from '../kit/until.ts';

const root = new URL('../..', import.meta.url).pathname;
const startLimitMs = 60_000;

export interface RunningShop {
  origin: string;
  /** The one-time link that it printed for its owner. */
  setupLink: string;
  /** Two products of the sample catalogue that are delivered at once and share a currency. */
  slugs: readonly [string, string];
  /** Pays the order shown on the page on the sandbox channel's own page, as a buyer does. */
  pay: (page: Page, choice?: string) => Promise<void>;
  stop: () => Promise<void>;
}

export async function startShop(env: Record<string, string> = {}): Promise<RunningShop> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cardwell-web-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['bin/cardwell.ts', 'serve'], {
    cwd: root,
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      BASE_URL: origin,
      CARDWELL_ENV: 'development',
      CARDWELL_DATA_DIR: dataDir,
      CARDWELL_SAMPLE_DATA: 'on',
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await untilStocked(origin, () => child.exitCode);
    await until('it prints a link for its owner', async () => linkIn(output) !== undefined);
  } catch (problem) {
    await stop();
    throw new Error(`the shop did not start: ${output}`, { cause: problem });
  }
  return {
    origin,
    setupLink: linkIn(output)!,
    slugs: ['sample-inkstone-notes', 'sample-skylark-gift-card'],
    pay: payOnSandboxPage,
    stop,
  };
}

const linkIn = (output: string): string | undefined => /\(this link works once\): (\S+)\n/.exec(output)?.[1];

/** Ready, and the sample catalogue is there. */
async function untilStocked(origin: string, exitCode: () => number | null): Promise<void> {
  const isStocked = async () => {
    assert.equal(exitCode(), null, 'it ended');
    const reply = await fetch(`${origin}/api/v1/products`).catch(() => undefined);
    const list = reply?.ok ? ((await reply.json()) as { total: number }) : undefined;
    return list !== undefined && list.total > 0;
  };
  await until('the sample catalogue is on sale', isStocked, startLimitMs);
}

/** `choice` is what the sandbox page offers, by the value of its button; it speaks the browser's language. */
async function payOnSandboxPage(page: Page, choice = 'pay'): Promise<void> {
  const link = page.locator('a[href*="/pay/sandbox/"]:visible');
  const [sandbox] = await Promise.all([page.waitForEvent('popup'), link.click()]);
  if (choice !== 'pay') await sandbox.locator('summary').click();
  await sandbox.locator(`button[value=${choice}]`).click();
  await sandbox.getByRole('status').waitFor();
  await sandbox.close();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  assert.ok(address && typeof address === 'object');
  return address.port;
}
