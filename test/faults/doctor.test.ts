/** The doctor finds what was done to a shop, and names the setting. */
import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { test } from 'node:test';
import { createConnection } from 'mysql2/promise';
import { migrationsFolder } from '../../server/paths.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { putSetting } from '../../server/platform/settings-store.ts';
import { lastBackupSetting } from '../../server/reconcile/backup/write-backup.ts';
import { checkDatabase } from '../../server/reconcile/doctor/check-database.ts';
import { checkFiles } from '../../server/reconcile/doctor/check-files.ts';
import { checkWork } from '../../server/reconcile/doctor/check-work.ts';
import type { Diagnosis, DoctorDeps } from '../../server/reconcile/doctor/diagnosis.ts';
import { newMailServer } from '../kit/mail-server.ts';
import { startMariadb } from '../kit/mariadb.ts';
import { dialects } from '../kit/shop-database.ts';
import { newTradingShop, type TradingShop } from '../kit/trading-shop.ts';

const depsOf = (shop: TradingShop, more: Partial<DoctorDeps> = {}): DoctorDeps => ({
  database: shop.database,
  clock: shop.clock,
  environment: 'production',
  baseUrl: 'https://shop.example',
  dataDir: shop.folder,
  masterKeyFile: shop.keyPath,
  migrationsFolder,
  smtpUrl: undefined,
  mailFrom: 'a@b.c',
  ...more,
});

async function troubles(deps: DoctorDeps): Promise<string[]> {
  const found: Diagnosis[] = [];
  for (const check of [checkFiles, checkDatabase, checkWork]) found.push(...(await check(deps)));
  return found
    .filter((one) => one.level !== 'ok' && one.name !== 'disk space')
    .map((one) => `${one.name}: ${one.says}`);
}

for (const dialect of dialects) {
  test(`on ${dialect}: nothing to say of a sound shop, and a word for each thing that is not`, async () => {
    const shop = await newTradingShop(dialect);
    const skuId = await shop.stockedSku(2);
    const backedUp = (at: number) =>
      shop.database.transact('test', (tx) =>
        putSetting(tx, lastBackupSetting, JSON.stringify({ at, folder: 'f' }), at),
      );
    assert.match((await troubles(depsOf(shop))).join(), /^backup: there has never been one/);
    await backedUp(shop.clock.now());
    assert.deepEqual(await troubles(depsOf(shop)), []);

    chmodSync(shop.keyPath, 0o644);
    assert.match((await troubles(depsOf(shop))).join(), /^card key file: .*0644.*chmod 600/);
    chmodSync(shop.keyPath, 0o600);
    assert.match((await troubles(depsOf(shop, { baseUrl: 'http://shop.example' }))).join(), /^address: .*https/);
    assert.match((await troubles(depsOf(shop, { dataDir: '/nowhere' }))).join(), /^data directory/);

    const order = await shop.place([{ skuId, quantity: 1 }]);
    await shop.pay(order, { amountMinor: 1 });
    assert.match((await troubles(depsOf(shop))).join(), /^review cases: 1 wait/);
    const early = { ...shop.clock, now: () => shop.clock.now() - 3_600_000 };
    assert.match((await troubles(depsOf(shop, { clock: early }))).join(), /set back/);

    const server = await newMailServer();
    assert.equal((await troubles(depsOf(shop, { smtpUrl: server.url }))).length, 1);
    await server.close();
    assert.match((await troubles(depsOf(shop, { smtpUrl: server.url }))).join(), /mail: the mail server does not/);

    await shop.database.transact('test', (tx) => tx.deleteFrom('review_cases').execute());
    shop.clock.advance(3 * 24 * 3_600_000);
    assert.match(
      (await troubles(depsOf(shop))).filter((one) => !one.startsWith('clock')).join(),
      /^backup: .*3\.0 days/,
    );
    await shop.close();
  });
}

test('a server that answers before a commit is on disk is named with its setting', async () => {
  const mariadb = await startMariadb();
  const url = await mariadb.newDatabase();
  const admin = await createConnection(mariadb.url);
  await admin.query('SET GLOBAL innodb_flush_log_at_trx_commit = 2');
  await admin.query('SET GLOBAL sync_binlog = 0');
  admin.destroy();
  const database = openDatabase({ url, clock: systemClock, poolSize: 2 });
  const shop = { database, clock: systemClock, migrationsFolder } as unknown as DoctorDeps;
  const found = (await checkDatabase(shop)).filter((one) => one.level !== 'ok').map((one) => one.says);
  assert.deepEqual(
    found.map((says) => says.split(' ')[0]),
    ['innodb_flush_log_at_trx_commit', 'sync_binlog', 'to'],
  );
  await mariadb.kill();
  const dead = await checkDatabase(shop);
  assert.deepEqual(
    dead.map((one) => one.level),
    ['bad'],
  );
  await database.close();
  await mariadb.stop();
});
