/** What the leading worker does on request and by the calendar, on both databases: backups, rehearsals, audits; and upgrades with their way back. */
import assert from 'node:assert/strict';
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { cardStatus } from '../../contract/states.ts';
import type { BackupView, RunJobBody } from '../../contract/system.ts';
import { migrationsFolder } from '../../server/paths.ts';
import { pendingMigrations } from '../../server/platform/db/migrate.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { readBackupSettings, updateBackupSettings } from '../../server/reconcile/backup/backup-settings.ts';
import { listBackups } from '../../server/reconcile/backup/backup-store.ts';
import { readManifest } from '../../server/reconcile/backup/manifest.ts';
import { secureSoldSince } from '../../server/reconcile/backup/restore-backup.ts';
import { beginJob, failRunningJobs, listJobs, readJob } from '../../server/reconcile/system/job-store.ts';
import { requestJob } from '../../server/reconcile/system/request-job.ts';
import { type JobsWorld, lookAtCalendar, runNextJob } from '../../server/reconcile/system/run-jobs.ts';
import { rollBack } from '../../server/reconcile/upgrade/roll-back.ts';
import { tradeSince } from '../../server/reconcile/upgrade/since-store.ts';
import { upgrade } from '../../server/reconcile/upgrade/upgrade.ts';
import { dialects } from '../kit/shop-database.ts';
import { newTradingShop, type TradingShop } from '../kit/trading-shop.ts';

const hourMs = 3_600_000;
const leader = { confirm: async () => {} };
const migrations = readdirSync(migrationsFolder).sort();

for (const dialect of dialects) {
  suite(`the machine room on ${dialect}`, () => {
    let shop: TradingShop;
    let world: JobsWorld;
    const said: Record<string, unknown>[] = [];

    before(async () => {
      shop = await newTradingShop(dialect);
      const log = Object.assign(Object.create(shop.world.log), {
        error: (fields: Record<string, unknown>) => said.push(fields),
      });
      world = {
        ...shop.world,
        log,
        region: 'A0',
        keyring: shop.keyring,
        keyFiles: [{ kind: 'master', path: shop.keyPath }],
        migrations,
        migrationsFolder,
        dataDir: shop.folder,
        backupFolder: join(shop.folder, 'backups'),
        copyFolder: join(shop.folder, 'second-disk'),
      };
      const skuId = await shop.stockedSku(4);
      await shop.pay(await shop.place([{ skuId, quantity: 1 }]));
      shop.clock.advance(60_000);
    });
    after(() => shop.close());

    async function ask(body: RunJobBody) {
      const outcome = await requestJob(world, { ...body, actor: 'owner:test' });
      assert.equal(outcome.kind, 'requested');
      while (await runNextJob(world, leader));
      const id = outcome.kind === 'requested' ? outcome.job.id : '';
      return (await readJob(shop.database.read, id)) ?? assert.fail(id);
    }
    const newest = async (): Promise<BackupView> => (await listBackups(shop.database.read))[0] ?? assert.fail('none');

    test('a backup on request is made, read back, copied, listed, and leaves the keys out', async () => {
      const job = await ask({ kind: 'backup' });
      assert.equal(job.status, 'done', job.error ?? '');
      const backup = await newest();
      assert.deepEqual([backup.kind, backup.withKeys, backup.verifiedAt !== null], ['manual', false, true]);
      for (const folder of [backup.folder, backup.copyFolder ?? '']) {
        assert.deepEqual((await readManifest(folder)).keys, []);
        assert.equal(readdirSync(join(folder, 'keys')).length, 0);
      }
      const entries = await shop.database.read.selectFrom('audit_log').select(['action', 'actor']).execute();
      assert.ok(entries.some((entry) => entry.action === 'system.backup' && entry.actor === 'owner:test'));
    });

    test('of each kind one waits or runs; one that lost its worker is told as failed', async () => {
      const input = { kind: 'audit', actor: 'owner:test' } as const;
      const first = await requestJob(world, input);
      assert.deepEqual([first.kind, (await requestJob(world, input)).kind], ['requested', 'running']);
      const id = first.kind === 'requested' ? first.job.id : '';
      const begin = (host: string) => shop.database.transact('test', (tx) => beginJob(tx, id, host, 5));
      assert.deepEqual([await begin('one'), await begin('one'), await begin('two')], [true, true, false]);
      await shop.database.transact('test', (tx) => failRunningJobs(tx, 6));
      assert.match((await readJob(shop.database.read, id))?.error ?? '', /has ended/);
      const job = await ask({ kind: 'audit' });
      assert.equal((job.result as { ok: boolean }).ok, true);
      assert.equal((await requestJob(world, { ...input, kind: 'scan', scan: 'nothing' })).kind, 'no-such-scan');
    });

    test('a rehearsal restores and audits a backup of a shop that went on selling, and touches nothing of it', async () => {
      const skuId = await shop.stockedSku(2);
      await shop.pay(await shop.place([{ skuId, quantity: 1 }]));
      const job = await ask({ kind: 'rehearsal' });
      assert.deepEqual([job.status, (job.result as { ok: boolean }).ok], ['done', true], JSON.stringify(job));
      const { rehearsal } = await newest();
      assert.deepEqual([rehearsal?.ok, rehearsal?.keyOpens], [true, true]);
      assert.ok((rehearsal?.checks.length ?? 0) > 8);
      assert.deepEqual(
        readdirSync(shop.folder).filter((name) => name.startsWith('rehearsal-')),
        [],
      );
    });

    test('what would not come back is told: a broken invariant, another key, a damaged file', async () => {
      const run = (sql: string) => shop.database.transact('test', (tx) => tx.executeQuery(CompiledQuery.raw(sql)));
      await run('UPDATE card_batches SET imported = imported + 1');
      shop.clock.advance(2000);
      await ask({ kind: 'backup' });
      await run('UPDATE card_batches SET imported = imported - 1');
      said.length = 0;
      const bad = await ask({ kind: 'rehearsal' });
      assert.deepEqual(
        (bad.result as { broken: { id: string }[] }).broken.map(({ id }) => id),
        ['INV-6'],
      );
      assert.equal(said[0]?.event, 'rehearsal.failed');
      const backup = await newest();
      assert.equal(backup.rehearsal?.ok, false);
      for (const folder of [backup.folder, backup.copyFolder ?? ''])
        appendFileSync(join(folder, 'tables/orders.jsonl.gz'), 'x');
      const damaged = await ask({ kind: 'rehearsal' });
      assert.deepEqual([damaged.status, /damaged/.test(damaged.error ?? '')], ['failed', true]);
      rmSync(backup.folder, { recursive: true });
      rmSync(backup.copyFolder ?? '', { recursive: true });
      await lookAtCalendar(world);
      assert.notEqual((await newest()).name, backup.name, 'the list follows the folder');
    });

    test('the calendar asks once for each time, also with two workers, and old ones go', async () => {
      const before = (await listJobs(shop.database.read, 'backup', 50)).length;
      await lookAtCalendar(world);
      assert.equal((await listJobs(shop.database.read, 'backup', 50)).length, before, 'a new shop waits for its time');
      const settings = await readBackupSettings(shop.database.read);
      const wanted = { ...settings, keepDays: 2, keepWeeks: 0, actor: 'owner:test' };
      const [one, two] = await Promise.all([
        updateBackupSettings(world, wanted),
        updateBackupSettings(world, { ...wanted, keepDays: 3 }),
      ]);
      assert.deepEqual([one.kind, two.kind].sort(), ['edit-conflict', 'updated']);
      assert.equal((await updateBackupSettings(world, { ...wanted, timeZone: 'Moon/Base' })).kind, 'no-such-time-zone');
      const keepDays = (await readBackupSettings(shop.database.read)).keepDays;
      for (let day = 1; day <= 4; day++) {
        shop.clock.advance(24 * hourMs);
        await Promise.all([lookAtCalendar(world), lookAtCalendar(world)]);
        while (await runNextJob(world, leader));
      }
      const jobs = (await listJobs(shop.database.read, 'backup', 50)).filter((job) => job.requestedBy === 'schedule');
      assert.deepEqual([jobs.length, jobs.every(({ status }) => status === 'done')], [4, true]);
      const left = (await listBackups(shop.database.read)).filter(({ kind }) => kind === 'scheduled');
      assert.equal(left.length, keepDays);
      for (const { folder, copyFolder } of left) assert.ok(existsSync(folder) && existsSync(copyFolder ?? ''));
      assert.equal(readdirSync(world.backupFolder).length, left.length + 1, 'those that were asked for stay');
    });

    test('a full disk, or a folder that cannot be, fails the job in words and raises the alarm', async () => {
      said.length = 0;
      const file = join(shop.folder, 'a-file');
      writeFileSync(file, '');
      const outcome = await requestJob(world, { kind: 'backup', actor: 'owner:test' });
      assert.equal(outcome.kind, 'requested');
      await runNextJob({ ...world, backupFolder: join(file, 'x') }, leader);
      const [job] = await listJobs(shop.database.read, 'backup', 1);
      assert.deepEqual([job?.status, said[0]?.event], ['failed', 'backup.failed']);
      const events = await shop.database.read.selectFrom('shop_events').select('event').execute();
      assert.ok(events.filter(({ event }) => event === 'backup.failed').length >= 3, JSON.stringify(events));
      assert.match(await world.metrics.systemJobs.get().then((it) => JSON.stringify(it.values)), /"outcome":"failed"/);
    });
  });

  test(`an upgrade on ${dialect} backs up once, and its way back refuses to lose orders unless told to`, async () => {
    const shop = await newTradingShop(dialect);
    const skuId = await shop.stockedSku(3);
    await shop.pay(await shop.place([{ skuId, quantity: 1 }]));
    const newer = join(shop.folder, 'newer-migrations');
    cpSync(migrationsFolder, newer, { recursive: true });
    mkdirSync(join(newer, '900-later'));
    for (const kind of ['mysql', 'sqlite'])
      writeFileSync(join(newer, '900-later', `${kind}.sql`), 'CREATE TABLE later (id INT PRIMARY KEY);\n');
    const backupFolder = join(shop.folder, 'backups');
    const parts = { ...shop.world, region: 'A0', keyFiles: [], migrationsFolder: newer, backupFolder };
    const [one, two] = await Promise.all([
      upgrade({ ...parts, upgradeBackup: true }),
      upgrade({ ...parts, upgradeBackup: true }),
    ]);
    assert.deepEqual([...one.applied, ...two.applied], ['900-later']);
    assert.equal(readdirSync(backupFolder).length, 1);
    const again = await upgrade({ ...parts, upgradeBackup: true });
    assert.deepEqual(again, { applied: [], backup: undefined });

    shop.clock.advance(60_000);
    await shop.pay(await shop.place([{ skuId, quantity: 1 }]));
    await shop.world.journal.close();
    await shop.database.close();
    const within = async <T>(work: (database: typeof shop.database) => Promise<T>): Promise<T> => {
      const database = openDatabase({ url: shop.url, clock: shop.clock, poolSize: 2 });
      try {
        return await work(database);
      } finally {
        await database.close();
      }
    };
    const target = {
      ...parts,
      dataDir: shop.folder,
      databaseUrl: shop.url,
      loseTrade: false,
      tradeSince: (at: number) => within((database) => tradeSince(database.read, at)),
      hasData: async () => true,
      saveInto: async () => {},
    };
    await assert.rejects(rollBack(target, undefined), /1 orders and 1 payments came after/);
    const { lost } = await rollBack({ ...target, loseTrade: true }, undefined);
    assert.deepEqual(lost, { orders: 1, payments: 1 });
    await within(async (database) => {
      assert.deepEqual(await pendingMigrations(database, newer), ['900-later'], 'the tables of then');
      const since = await secureSoldSince({ ...shop.world, database });
      assert.deepEqual([since.lost, since.quarantined], [1, 1]);
      const cards = await database.read.selectFrom('card_keys').select('status').execute();
      assert.deepEqual(
        cards.map(({ status }) => status).sort(),
        [cardStatus.available, cardStatus.sold, cardStatus.quarantined].sort(),
      );
    });
    rmSync(shop.folder, { recursive: true, force: true });
  });
}
