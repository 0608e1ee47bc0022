/** The audit log on both databases: entries are chained in whatever order they arrive, and each way to change them is found. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { countUnchained, readChain, readChainHead } from '../../server/platform/audit-chain-store.ts';
import { recordAudit } from '../../server/platform/audit-store.ts';
import { auditAll } from '../../server/reconcile/audit/audit-all.ts';
import { acceptChain } from '../../server/reconcile/audit-log/accept-chain.ts';
import { lastAnchor } from '../../server/reconcile/audit-log/anchors.ts';
import { readChainView } from '../../server/reconcile/audit-log/chain-state.ts';
import { exportAuditLog, verifyExport } from '../../server/reconcile/audit-log/export-file.ts';
import { sealAuditLog } from '../../server/reconcile/audit-log/seal-audit-log.ts';
import { verifyAuditLog } from '../../server/reconcile/audit-log/verify-audit-log.ts';
import { runScan } from '../../server/reconcile/run-scans.ts';
import { dialects } from '../kit/shop-database.ts';
import { newTradingShop, type TradingShop } from '../kit/trading-shop.ts';

/** Done to a chain of twenty links of which the anchor knows all; undone by running the undo lines in order. */
const tampering: readonly { what: string; finds: RegExp; sql: string[]; undo: string[] }[] = [
  {
    what: 'an entry was changed',
    finds: /entry 7 \(link 7\) was changed/,
    sql: ["UPDATE audit_log SET actor = 'owner:nobody' WHERE id = 7"],
    undo: ["UPDATE audit_log SET actor = 'owner:7' WHERE id = 7"],
  },
  {
    what: 'an entry in the middle was removed',
    finds: /entry 7 \(link 7\) was removed/,
    sql: ['CREATE TABLE kept_log AS SELECT * FROM audit_log WHERE id = 7', 'DELETE FROM audit_log WHERE id = 7'],
    undo: ['INSERT INTO audit_log SELECT * FROM kept_log', 'DROP TABLE kept_log'],
  },
  {
    what: 'an entry and its link were removed',
    finds: /links 7 to 7 are missing/,
    sql: [
      'CREATE TABLE kept_log AS SELECT * FROM audit_log WHERE id = 7',
      'CREATE TABLE kept_chain AS SELECT * FROM audit_chain WHERE seq = 7',
      'DELETE FROM audit_log WHERE id = 7',
      'DELETE FROM audit_chain WHERE seq = 7',
    ],
    undo: [
      'INSERT INTO audit_log SELECT * FROM kept_log',
      'INSERT INTO audit_chain SELECT * FROM kept_chain',
      'DROP TABLE kept_log',
      'DROP TABLE kept_chain',
    ],
  },
  {
    what: 'the end was cut off',
    finds: /the end is cut off: link 20 was there/,
    sql: [
      'CREATE TABLE kept_log AS SELECT * FROM audit_log WHERE id > 15',
      'CREATE TABLE kept_chain AS SELECT * FROM audit_chain WHERE seq > 15',
      'DELETE FROM audit_log WHERE id > 15',
      'DELETE FROM audit_chain WHERE seq > 15',
    ],
    undo: [
      'INSERT INTO audit_log SELECT * FROM kept_log',
      'INSERT INTO audit_chain SELECT * FROM kept_chain',
      'DROP TABLE kept_log',
      'DROP TABLE kept_chain',
    ],
  },
  {
    what: 'two entries changed places',
    finds: /entry 8 \(link 7\) was changed/,
    sql: [
      'UPDATE audit_chain SET entry_id = 1007 WHERE seq = 7',
      'UPDATE audit_chain SET entry_id = 7 WHERE seq = 8',
      'UPDATE audit_chain SET entry_id = 8 WHERE seq = 7',
    ],
    undo: [
      'UPDATE audit_chain SET entry_id = 1007 WHERE seq = 7',
      'UPDATE audit_chain SET entry_id = 8 WHERE seq = 8',
      'UPDATE audit_chain SET entry_id = 7 WHERE seq = 7',
    ],
  },
];

for (const dialect of dialects) {
  suite(`the audit log on ${dialect}`, () => {
    let shop: TradingShop;
    const run = async (...statements: string[]) => {
      for (const text of statements)
        await shop.database.transact('test', (tx) => tx.executeQuery(CompiledQuery.raw(text)));
    };
    const entry = (n: number) => ({
      at: 1000 + n,
      actor: `owner:${n}`,
      action: 'product.update' as const,
      subject: `product:${n}`,
      ...(n % 2 ? { before: { name: '旧' }, reason: 'r' } : {}),
    });
    const write = (n: number) => shop.database.transact('test', (tx) => recordAudit(tx, entry(n)));
    const verify = async () =>
      verifyAuditLog(shop.database.read, { anchor: await lastAnchor(shop.world.journalFolder) });
    const logCheck = async () => (await auditAll({ ...shop.world })).checks.find(({ id }) => id === 'LOG-1');

    before(async () => {
      shop = await newTradingShop(dialect);
    });
    after(() => shop.close());

    test('entries from before the chain get their links in order, and those of several processes at once too', async () => {
      for (let n = 1; n <= 12; n++) await write(n);
      assert.equal(await countUnchained(shop.database.read, Number.MAX_SAFE_INTEGER, 100), 12);
      const writers = Array.from({ length: 8 }, (_, i) => write(13 + i));
      const sealers = Array.from({ length: 4 }, () => sealAuditLog(shop.world));
      await Promise.all([...writers, ...sealers]);
      await sealAuditLog(shop.world);
      assert.equal(await countUnchained(shop.database.read, Number.MAX_SAFE_INTEGER, 100), 0);
      const links = await readChain(shop.database.read, 0, 100);
      assert.deepEqual(
        links.map(({ seq }) => seq),
        Array.from({ length: 20 }, (_, i) => i + 1),
      );
      assert.equal(new Set(links.map(({ entryId }) => entryId)).size, 20);
      assert.ok((await verify()).ok);
    });

    test('a number that was given out early and committed late still gets its link', async () => {
      await run("INSERT INTO audit_log (id, at, actor, action, subject) VALUES (1500, 1, 'a', 'b.c', 'd:1')");
      await sealAuditLog(shop.world);
      await run("INSERT INTO audit_log (id, at, actor, action, subject) VALUES (1400, 1, 'a', 'b.c', 'd:2')");
      assert.equal(await sealAuditLog(shop.world), 1);
      await run('DELETE FROM audit_log WHERE id >= 1400', 'DELETE FROM audit_chain WHERE seq > 20');
      assert.ok((await verify()).ok);
    });

    test('each kind of tampering is found, by the audit too, and a sound log is not complained of', async () => {
      await renumber();
      await runScan(shop.world, 'anchor-audit-log');
      assert.equal((await lastAnchor(shop.world.journalFolder))?.seq, 20);
      assert.deepEqual([(await verify()).found, (await logCheck())?.ok], [0, true]);
      for (const { what, finds, sql, undo } of tampering) {
        await run(...sql);
        const { ok, sample } = await verify();
        const audited = await logCheck();
        await run(...undo);
        assert.equal(ok, false, what);
        assert.match(sample.join('\n'), finds, what);
        assert.equal(audited?.ok, false, what);
        assert.ok((await verify()).ok, `undone: ${what}`);
      }
    });

    test('a log that was rewritten with sound links is found by what stands outside', async () => {
      await run(
        'CREATE TABLE kept_chain AS SELECT * FROM audit_chain WHERE seq >= 7',
        "UPDATE audit_log SET actor = 'owner:nobody' WHERE id = 7",
        'DELETE FROM audit_chain WHERE seq >= 7',
      );
      await sealAuditLog(shop.world);
      assert.equal((await readChainHead(shop.database.read)).seq, 20);
      assert.match((await verify()).sample.join(), /link 20 is not the one that was there/);
      assert.equal((await runScan(shop.world, 'anchor-audit-log')).found, 1);
      const view = await readChainView(shop.database.read);
      assert.equal(view.verified, null);
      assert.equal((await runScan(shop.world, 'verify-audit-log')).found, 1);
      assert.equal((await readChainView(shop.database.read)).verified?.ok, false);
      await run(
        "UPDATE audit_log SET actor = 'owner:7' WHERE id = 7",
        'DELETE FROM audit_chain WHERE seq >= 7',
        'INSERT INTO audit_chain SELECT * FROM kept_chain',
        'DROP TABLE kept_chain',
      );
      assert.equal((await runScan(shop.world, 'verify-audit-log')).found, 0);
      const { verified } = await readChainView(shop.database.read);
      assert.deepEqual([verified?.ok, verified?.seq], [true, 20]);
    });

    test('the hourly walk takes the new part; what was changed before it is found by the daily one', async () => {
      await run("UPDATE audit_log SET actor = 'owner:nobody' WHERE id = 3");
      assert.equal((await runScan(shop.world, 'verify-audit-log')).found, 0);
      shop.clock.advance(25 * 3_600_000);
      assert.equal((await runScan(shop.world, 'verify-audit-log')).found, 1);
      await run("UPDATE audit_log SET actor = 'owner:3' WHERE id = 3");
      assert.equal((await runScan(shop.world, 'verify-audit-log')).found, 0);
    });

    test('a line that a crash left half-written is passed over; a restore is accepted in words', async () => {
      const file = join(shop.world.journalFolder, 'audit-log', 'anchors.jsonl');
      appendFileSync(file, '\n{"seq":999,"hash":"x');
      assert.equal((await lastAnchor(shop.world.journalFolder))?.seq, 20);
      await run('DELETE FROM audit_chain WHERE seq > 10', 'DELETE FROM audit_log WHERE id > 10');
      assert.equal((await verify()).ok, false);
      const { seq } = await acceptChain(shop.world, 'brought back');
      assert.equal(seq, 11);
      assert.ok((await verify()).ok);
    });

    test('a file with the log proves itself, whole or from a link on; changed or cut it does not', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'cardwell-log-'));
      try {
        const path = join(folder, 'log.jsonl');
        for (const from of [0, 4]) {
          writeFileSync(path, (await Array.fromAsync(exportAuditLog(shop.database.read, from))).join(''));
          assert.deepEqual((await verifyExport(path)).faults, []);
          assert.equal((await verifyExport(path)).head?.seq, 11);
        }
        const whole = readFileSync(path, 'utf8');
        writeFileSync(path, whole.replace('owner:6', 'owner:9'));
        assert.match((await verifyExport(path)).faults.join(), /line 2: the entry was changed/);
        const lines = whole.split('\n');
        writeFileSync(path, [...lines.slice(0, 2), ...lines.slice(3)].join('\n'));
        assert.match((await verifyExport(path)).faults.join(), /line 3: does not follow/);
        writeFileSync(path, lines.slice(0, 3).join('\n'));
        assert.match((await verifyExport(path)).faults.join(), /cut off/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    /** MySQL gives out ids with gaps: links and entries get the same numbers for the tests to name. */
    async function renumber(): Promise<void> {
      const ids = (await readChain(shop.database.read, 0, 100)).map(({ entryId }) => entryId);
      if (ids.every((id, i) => id === i + 1)) return;
      await run('DELETE FROM audit_chain', 'DELETE FROM audit_log');
      for (let n = 1; n <= 20; n++)
        await shop.database.transact('test', async (tx) => {
          await recordAudit(tx, entry(n));
          await tx.executeQuery(
            CompiledQuery.raw('UPDATE audit_log SET id = ? WHERE subject = ?', [n, `product:${n}`]),
          );
        });
      await sealAuditLog(shop.world);
    }
  });
}
