/** The second place of the issue journal, on a real MariaDB of its own that is killed and comes back. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { cardStatus } from '../../contract/states.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { createFileIssueJournal } from '../../server/platform/journal/file-issue-journal.ts';
import { issuedHashes } from '../../server/platform/journal/find-in-journal.ts';
import { createJournalCopy, type JournalCopy } from '../../server/platform/journal/journal-copy.ts';
import { createLog } from '../../server/platform/observe/log.ts';
import { auditAll } from '../../server/reconcile/audit/audit-all.ts';
import { runScan } from '../../server/reconcile/run-scans.ts';
import { type Mariadb, startMariadb } from '../kit/mariadb.ts';
import { newTradingShop } from '../kit/trading-shop.ts';

const root = mkdtempSync(join(tmpdir(), 'cardwell-journal-copy-'));
const log = createLog('silent');
let mariadb: Mariadb;
let url: string;
before(async () => {
  mariadb = await startMariadb();
  url = await mariadb.newDatabase();
});
after(async () => {
  await mariadb?.stop();
  rmSync(root, { recursive: true, force: true });
});

function machine(t: TestContext, name: string) {
  const folder = join(root, name);
  const copy = createJournalCopy({
    database: openDatabase({ url, clock: systemClock, poolSize: 2 }),
    folder,
    clock: systemClock,
    log,
  });
  const journal = createFileIssueJournal({ folder, instance: name, clock: systemClock, copy });
  t.after(async () => {
    await journal.close();
    await copy.close();
  });
  return { folder, copy, journal };
}

async function cardsIn(copy: JournalCopy): Promise<number[]> {
  const cards: number[] = [];
  for await (const record of copy.recordsSince(0)) cards.push(record.cardId);
  return cards.sort((a, b) => a - b);
}

const record = (cardId: number) => ({
  cardId,
  orderId: `A0${String(cardId).padStart(26, '0')}`,
  at: cardId,
  cardHash: `hash-of-${cardId}`,
});

test('each line is in both places, and what an absence cost is sent later', async (t) => {
  const one = machine(t, 'one');
  const two = machine(t, 'two');
  await one.journal.append([record(1), record(2)]);
  await two.journal.append([record(3)]);
  assert.deepEqual(await cardsIn(two.copy), [1, 2, 3], 'machines know of each other');
  assert.deepEqual(await issuedHashes(two.folder, two.copy), new Set(['hash-of-1', 'hash-of-2', 'hash-of-3']));

  await mariadb.kill();
  await one.journal.append([record(4)]);
  await one.journal.append([record(5)]);
  await mariadb.restart();
  assert.equal(await one.copy.catchUp(), 2);
  assert.equal(await one.copy.catchUp(), 0);
  assert.deepEqual(await cardsIn(two.copy), [1, 2, 3, 4, 5]);
});

test('a worker on another machine takes a card off the shelf that the database forgot', async (t) => {
  const shop = await newTradingShop('sqlite');
  const seller = machine(t, 'seller');
  const other = machine(t, 'other');
  try {
    const skuId = await shop.stockedSku(2);
    const order = await shop.place([{ skuId, quantity: 1 }]);
    await shop.pay(order);
    const [sold] = (await shop.cardIds(skuId)) as [number];
    await seller.journal.append([{ cardId: sold, orderId: order.id, at: shop.clock.now() }]);
    await shop.database.transact('test.forget', async (tx) => {
      await tx.deleteFrom('card_issues').execute();
      await tx.updateTable('card_keys').set({ status: 0, order_id: null }).where('id', '=', sold).execute();
    });
    // Its own folder is empty: it knows only by the second place.
    const world = { ...shop.world, journalFolder: other.folder, journalCopy: other.copy };
    await runScan(world, 'whole-journal-copy');
    const card = await shop.database.read
      .selectFrom('card_keys')
      .select('status')
      .where('id', '=', sold)
      .executeTakeFirst();
    assert.equal(card?.status, cardStatus.quarantined);
  } finally {
    await shop.close();
  }
});

// biome-ignore lint/correctness/useYield: it fails before the first record
async function* failing(): ReturnType<JournalCopy['recordsSince']> {
  throw new Error('away');
}

test('the audit proves INV-10 from the second place too, and says when it cannot read it', async (t) => {
  const shop = await newTradingShop('sqlite');
  const seller = machine(t, 'audited-seller');
  const auditor = machine(t, 'auditor');
  try {
    const skuId = await shop.stockedSku(2);
    const order = await shop.place([{ skuId, quantity: 1 }]);
    await shop.pay(order);
    const [sold] = (await shop.cardIds(skuId)) as [number];
    const later = { ...shop.clock, now: () => shop.clock.now() + 60_000 };
    const audit = async (journalCopy?: JournalCopy) => {
      const books = { database: shop.database, clock: later, journalFolder: auditor.folder, journalCopy };
      return (await auditAll(books)).checks.find(({ id }) => id === 'INV-10')?.sample.join() ?? '';
    };
    assert.match(await audit(), new RegExp(`not in the journal: card ${sold} `));
    assert.match(await audit(auditor.copy), new RegExp(`not in the journal: card ${sold} `));
    await seller.journal.append([{ cardId: sold, orderId: order.id, at: shop.clock.now() }]);
    // Records of the other tests name cards that this shop never had.
    assert.doesNotMatch(await audit(auditor.copy), /not in the journal/);
    assert.match(await audit(seller.copy), /no-such-card/);
    const away = { ...auditor.copy, recordsSince: failing };
    assert.match(await audit(away), /its second place cannot be read: away/);
  } finally {
    await shop.close();
  }
});
