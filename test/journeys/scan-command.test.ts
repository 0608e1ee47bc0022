/** `cardwell scan`: the scans by hand, on a shop that is not running. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { systemClock } from '../../server/platform/clock.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { scans } from '../../server/reconcile/scans/scans.ts';
import { startShop } from '../kit/shop-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'cardwell-scan-'));
after(() => rmSync(folder, { recursive: true }));
const root = new URL('../..', import.meta.url).pathname;
const place = { CARDWELL_DATA_DIR: folder, DATABASE_URL: `sqlite:${join(folder, 'shop.db')}`, LOG_LEVEL: 'fatal' };

async function scan(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, ...place };
  const run = promisify(execFile)(process.execPath, [join(root, 'bin/cardwell.ts'), 'scan', ...args], { env });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (failed: { code: number; stdout: string; stderr: string }) => failed,
  );
}

test('every scan runs by hand, and one that is misspelt is told from one that found nothing', async () => {
  const shop = await startShop('sqlite', place);
  await shop.close();
  rmSync(join(folder, 'shop.db'), { force: true });
  const broken = await scan('forget-expired', '--json');
  assert.equal(broken.code, 1);
  assert.match(JSON.parse(broken.stdout)[0].error, /no such table/);
  await (await startShop('sqlite', place)).close();
  // Not by a shop: its own worker might be faster than the command.
  const database = openDatabase({ url: place.DATABASE_URL, clock: systemClock });
  await database.transact('test', async (tx) => {
    const old = { token_hash: 'x'.repeat(43), user_id: 1, csrf_hash: 'y', created_at: 1, seen_at: 1, expires_at: 2 };
    await tx.insertInto('sessions').values(old).execute();
  });
  await database.close();
  const all = await scan('--json');
  assert.equal(all.code, 0, all.stderr);
  const reports: { name: string; found: number; mended: number }[] = JSON.parse(all.stdout);
  assert.deepEqual(
    reports.map((report) => report.name),
    scans.map((one) => one.name),
  );
  assert.deepEqual(
    reports.find((report) => report.name === 'forget-expired'),
    { name: 'forget-expired', found: 1, mended: 1 },
  );
  assert.equal((await scan('no-such-scan')).code, 1);
  assert.match((await scan('--list')).stdout, /expire-orders/);
});
