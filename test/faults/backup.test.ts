/** Backup and restore on both databases, and from one to the other: cards sold since the backup are never sold again. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { cardStatus } from '../../contract/states.ts';
import { readKeyFile, replaceKeyFile } from '../../server/card/key-file.ts';
import { readOrder } from '../../server/order/order-store.ts';
import { migrationsFolder } from '../../server/paths.ts';
import type { Database, DialectName } from '../../server/platform/db/database.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { inSnapshot, tableRows, tableShapes } from '../../server/platform/db/snapshot.ts';
import { auditAll } from '../../server/reconcile/audit/audit-all.ts';
import { readManifest } from '../../server/reconcile/backup/manifest.ts';
import { type RestoreTarget, restoreBackup, secureSoldSince } from '../../server/reconcile/backup/restore-backup.ts';
import { holdsShop } from '../../server/reconcile/backup/shop-data-store.ts';
import { writeBackup } from '../../server/reconcile/backup/write-backup.ts';
import { sharedMariadb } from '../kit/mariadb.ts';
import { dialects } from '../kit/shop-database.ts';
import { newTradingShop, type TradingShop } from '../kit/trading-shop.ts';

const root = mkdtempSync(join(tmpdir(), 'cardwell-backup-'));
after(() => rmSync(root, { recursive: true, force: true }));
const migrations = readdirSync(migrationsFolder).sort();

function backup(shop: TradingShop, parent = join(shop.folder, 'backups')) {
  const keyFiles = [{ kind: 'master' as const, path: shop.keyPath }];
  return writeBackup({ ...shop.world, region: 'A0', keyFiles, migrations }, parent);
}

function target(shop: TradingShop, more: Partial<RestoreTarget> = {}): RestoreTarget {
  return {
    clock: shop.clock,
    dataDir: shop.folder,
    databaseUrl: shop.url,
    migrationsFolder,
    journalFolder: shop.world.journalFolder,
    keyFiles: [{ kind: 'master', path: shop.keyPath }],
    replace: true,
    hasData: () => withDatabase(shop.url, (database) => holdsShop(database.read)),
    saveInto: (folder) =>
      withDatabase(shop.url, async (database) => {
        await writeBackup({ ...shop.world, database, region: 'A0', keyFiles: [], migrations }, folder);
      }),
    ...more,
  };
}

async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase({ url, clock: { now: Date.now, monotonicMs: () => performance.now() }, poolSize: 2 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** As the process of a shop ends: its files and connections are free, its data stay. */
async function stop(shop: TradingShop): Promise<void> {
  await shop.world.journal.close();
  await shop.database.close();
}

const wipe = (shop: TradingShop) => rmSync(shop.folder, { recursive: true, force: true });

async function rowsOf(database: Database, table: 'card_keys' | 'orders' | 'payment_evidence') {
  return database.read.selectFrom(table).selectAll().execute();
}

for (const dialect of dialects) {
  suite(`backup and restore on ${dialect}`, () => {
    test('cards sold since the backup are off the shelf, each order is on somebody’s desk, and the audit says so', async () => {
      const shop = await newTradingShop(dialect);
      const skuId = await shop.stockedSku(6);
      const before = await shop.place([{ skuId, quantity: 2 }]);
      await shop.pay(before);
      const reserved = await shop.place([{ skuId, quantity: 1 }]);
      const { folder } = await backup(shop);
      const since = await shop.place([{ skuId, quantity: 1 }]);
      for (const order of [since, reserved]) await shop.pay(order);
      const later = await shop.stockedSku(1);
      const imported = await shop.place([{ skuId: later, quantity: 1 }]);
      await shop.pay(imported);
      const [lastCard] = await shop.cardIds(later);
      shop.clock.advance(60_000);
      await stop(shop);

      await assert.rejects(restoreBackup(target(shop, { replace: false }), folder), /a shop here already/);
      const { aside } = await restoreBackup(target(shop), folder);
      await withDatabase(shop.url, async (database) => {
        const deps = { ...shop.world, database };
        const check = await secureSoldSince(deps);
        assert.deepEqual([check.lost, check.quarantined], [3, 2]);
        assert.equal((await readOrder(database.read, before.id))?.status, 'delivered');
        assert.equal(await readOrder(database.read, since.id), undefined);
        const cards = await rowsOf(database, 'card_keys');
        assert.deepEqual(
          cards.map((card) => (card as { status: number }).status).sort(),
          [
            cardStatus.available,
            cardStatus.available,
            cardStatus.sold,
            cardStatus.sold,
            cardStatus.quarantined,
            cardStatus.quarantined,
          ].sort(),
        );
        const audit = await auditAll(deps);
        const broken = audit.checks.filter((one) => !one.ok);
        assert.deepEqual(
          broken.map((one) => [one.id, one.found]),
          [
            ['INV-3', 2],
            ['INV-10', 1],
          ],
        );
        assert.match(broken[0]?.sample.join() ?? '', new RegExp(`${since.id}|${imported.id}`));

        // New cards never take the ids of those that were lost.
        const card = {
          card_secret: Buffer.alloc(40, 1),
          card_no: null,
          card_no_hash: 'new',
          product_id: 1,
          sku_id: skuId,
        };
        const row = { ...card, region: 'A0', order_id: null, sale_time: null, batch_id: 1, key_id: 1 };
        const made = await database.transact('test', (tx) => tx.insertInto('card_keys').values(row).executeTakeFirst());
        assert.ok(Number(made.insertId) > (lastCard as number));
      });
      assert.ok(readdirSync(aside).length > 0);
      wipe(shop);
    });

    test('a backup taken while the shop sells is of one moment, and restored it is sound', async () => {
      const shop = await newTradingShop(dialect);
      const skuId = await shop.stockedSku(120);
      let selling = true;
      const seller = (async () => {
        while (selling) await shop.pay(await shop.place([{ skuId, quantity: 1 }]));
      })();
      await new Promise((resolve) => setTimeout(resolve, 50));
      const { folder, manifest } = await backup(shop);
      selling = false;
      await seller;
      shop.clock.advance(60_000);
      await stop(shop);
      await restoreBackup(target(shop), folder);
      await withDatabase(shop.url, async (database) => {
        const deps = { ...shop.world, database };
        await secureSoldSince(deps);
        const audit = await auditAll(deps);
        // Orders placed since the backup are rightly missed; nothing else may be wrong.
        assert.deepEqual(
          audit.checks.filter((one) => !one.ok && one.id !== 'INV-3'),
          [],
        );
        const orders = manifest.tables.find((table) => table.name === 'orders')?.rows;
        assert.equal((await rowsOf(database, 'orders')).length, orders);
      });
      wipe(shop);
    });

    test('tables are read in pages by their keys, of one column or more, missing and repeating nothing', async () => {
      const shop = await newTradingShop(dialect);
      const skus = [await shop.stockedSku(10), await shop.stockedSku(10)] as const;
      for (let i = 1; i <= 5; i++) await shop.place(skus.map((skuId) => ({ skuId, quantity: 2 })));
      await inSnapshot(shop.database, async (db) => {
        const shapes = (await tableShapes(db, [])).filter(({ name }) => name === 'order_lines' || name === 'card_keys');
        for (const shape of shapes) {
          for (const size of [1, 3, 1000]) {
            const keys: string[] = [];
            const columns = shape.key.map((column) => shape.columns.indexOf(column));
            for await (const page of tableRows(db, shape, size)) {
              keys.push(...page.map((row) => columns.map((at) => row[at]).join()));
            }
            assert.equal(keys.length, shape.name === 'card_keys' ? 20 : 10);
            assert.equal(new Set(keys).size, keys.length);
          }
        }
      });
      await shop.close();
    });

    test(`what was written is what comes back, also on the other kind of database`, async () => {
      const shop = await newTradingShop(dialect);
      const skuId = await shop.stockedSku(3);
      const order = await shop.place([{ skuId, quantity: 2 }], '\u2028李\n"雷"@example.com');
      await shop.pay(order, { raw: 'a\u2028b\u0000c' });
      const { folder } = await backup(shop);
      const other: DialectName = dialect === 'sqlite' ? 'mysql' : 'sqlite';
      for (const to of [dialect, other]) {
        const url =
          to === 'sqlite' ? `sqlite:${join(shop.folder, 'copy.db')}` : await (await sharedMariadb()).newDatabase();
        const empty = { databaseUrl: url, replace: false, hasData: async () => false, saveInto: async () => {} };
        await restoreBackup(target(shop, empty), folder);
        await withDatabase(url, async (copy) => {
          for (const table of ['card_keys', 'orders', 'payment_evidence'] as const) {
            const plain = async (database: Database) =>
              JSON.stringify(
                (await rowsOf(database, table)).map((row) => ({ ...row })),
                (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value),
              ).replace(
                /\{"type":"Buffer","data":\[([\d,]*)\]\}/g,
                (__, bytes: string) => `"${Buffer.from(bytes.split(',').map(Number)).toString('hex')}"`,
              );
            assert.equal(await plain(copy), await plain(shop.database));
          }
        });
      }
      await shop.close();
    });
  });
}

test('a key file that was rotated since is kept; one that lacks a key of the backup gives way to it', async () => {
  const shop = await newTradingShop('sqlite');
  await shop.stockedSku(1);
  const { folder } = await backup(shop);
  await stop(shop);
  const { content } = readKeyFile(shop.keyPath, true);
  const next = { id: 2, key: randomBytes(32), createdAt: 5 };
  replaceKeyFile(shop.keyPath, { ...content, active: 2, keys: [...content.keys, next] });
  await restoreBackup(target(shop), folder);
  assert.equal(readKeyFile(shop.keyPath, true).content.active, 2);
  replaceKeyFile(shop.keyPath, { ...content, active: 2, keys: [next] });
  const { aside } = await restoreBackup(target(shop), folder);
  assert.equal(readKeyFile(shop.keyPath, true).content.active, 1);
  assert.ok(readdirSync(aside).includes('master.key'));
  wipe(shop);
});

test('a running shop is not replaced', async () => {
  const shop = await newTradingShop('sqlite');
  await shop.stockedSku(1);
  const { folder } = await backup(shop);
  await assert.rejects(restoreBackup(target(shop), folder), /running/);
  await shop.stockedSku(1);
  await shop.close();
});

test('a backup that is not whole restores nothing', async () => {
  const shop = await newTradingShop('sqlite');
  await shop.stockedSku(2);
  const { folder } = await backup(shop);
  await stop(shop);
  const file = join(folder, 'tables/card_keys.jsonl.gz');
  const { size } = statSync(file);
  truncateSync(file, size - 1);
  await assert.rejects(restoreBackup(target(shop), folder), /damaged/);
  await assert.rejects(restoreBackup(target(shop), join(folder, 'tables')), /not a backup/);
  wipe(shop);
});

test('journal files on disk that are newer than the backup stay as they are', async () => {
  const shop = await newTradingShop('sqlite');
  const skuId = await shop.stockedSku(3);
  await shop.pay(await shop.place([{ skuId, quantity: 1 }]));
  const { folder } = await backup(shop);
  await shop.pay(await shop.place([{ skuId, quantity: 1 }]));
  await stop(shop);
  const [file] = readdirSync(shop.world.journalFolder) as [string];
  const path = join(shop.world.journalFolder, file);
  const { size } = statSync(path);
  await restoreBackup(target(shop), folder);
  assert.equal(statSync(path).size, size);
  const saved = (await readManifest(folder)).journal[0]?.bytes as number;
  truncateSync(path, saved - 1);
  await restoreBackup(target(shop), folder);
  assert.equal(statSync(path).size, saved);
  wipe(shop);
});

test('the commands: a backup of a fresh shop, its audit, its restore, and a damaged one refused in words', () => {
  const dataDir = join(root, 'data');
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['bin/cardwell.ts', ...args], {
      encoding: 'utf8',
      env: { ...process.env, CARDWELL_DATA_DIR: dataDir, DATABASE_URL: '' },
    });
  assert.equal(run('migrate').status, 0);
  const made = run('backup', '--json');
  assert.equal(made.status, 0, made.stderr);
  const { folder } = JSON.parse(made.stdout) as { folder: string };
  const audit = run('audit', '--json');
  assert.equal(audit.status, 0, audit.stderr);
  assert.equal((JSON.parse(audit.stdout) as { ok: boolean }).ok, true);
  const rehearsed = run('restore', folder, '--rehearse', '--json');
  assert.equal(rehearsed.status, 0, rehearsed.stderr);
  assert.equal((JSON.parse(rehearsed.stdout) as { ok: boolean }).ok, true);
  const log = join(root, 'log.jsonl');
  assert.equal(run('audit-log', 'export', log).status, 0);
  assert.match(run('audit-log', 'check-file', log).stdout, /^Whole up to link \d+/);
  const back = run('rollback', '--yes');
  assert.deepEqual(
    [back.status, /no backup that was made before an upgrade/.test(back.stderr)],
    [1, true],
    back.stderr,
  );
  assert.deepEqual(JSON.parse(run('upgrade', '--json').stdout), { applied: [], backup: null });
  const restored = run('restore', folder, '--json');
  assert.equal(restored.status, 0, restored.stderr);
  appendFileSync(join(folder, 'manifest.json'), 'x');
  const damaged = run('restore', folder, '--yes');
  assert.equal(damaged.status, 1);
  assert.match(damaged.stderr, /cannot be read/);
});
