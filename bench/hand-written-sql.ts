/**
 * What a program written for this database and for nothing else reaches: the inserts and updates of placing and settling
 * orders, the same rows in the same tables, in batches of 128 over four connections, and nothing read that it knows
 * already. No HTTP, no validation, no journal. The shop's rate is given as a share of this one.
 */
import { type Connection, createConnection } from 'mysql2/promise';
import { parseEndpoints } from '../server/platform/db/hosts/endpoints.ts';
import { orderId, randomToken, secretToken, sha256 } from '../server/platform/ids.ts';

interface Job {
  skuIds: number[];
  flows: number;
  region: string;
}

interface Sale {
  id: string;
  skuId: number;
  cardId: number;
  tradeNo: string;
}

const batchSize = 128;
const workers = 4;
/** The first batches compile. */
const warmUp = 4 * batchSize;
const job = JSON.parse(process.argv[2] as string) as Job;
const [writer] = parseEndpoints(process.env.DATABASE_URL as string).writers;
if (!writer) throw new Error('DATABASE_URL names no host');
const { host, port, user, password, database } = writer;
let started = 0;

async function place(db: Connection, count: number, now: number): Promise<Sale[]> {
  const wanted = Map.groupBy(
    Array.from({ length: count }, () => job.skuIds[started++ % job.skuIds.length] as number),
    (skuId) => skuId,
  );
  await db.query('BEGIN');
  const pick = wanted
    .keys()
    .map(
      () =>
        '(SELECT id, sku_id FROM card_keys WHERE sku_id = ? AND region = ? AND status = 0 ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)',
    );
  const [cards] = await db.query(
    [...pick].join(' UNION ALL '),
    [...wanted].flatMap(([skuId, pieces]) => [skuId, job.region, pieces.length]),
  );
  const sales = (cards as { id: number; sku_id: number }[]).map((card) => {
    const id = orderId(job.region, now);
    return { id, skuId: card.sku_id, cardId: card.id, tradeNo: `H${id}` };
  });
  if (sales.length < count) throw new Error('out of cards');
  await db.query(
    `INSERT INTO orders (id, region, status, currency, total_minor, discount_minor, coupon_id, user_id, contact, contact_key,
      lookup_hash, token_hash, token_salt, idempotency_hash, request_hash, client_key, device_key, lang, risk_score, expires_at,
      created_at) VALUES ?`,
    [sales.map((sale) => orderRow(sale.id, now))],
  );
  await db.query(
    `INSERT INTO order_lines (order_id, line_no, sku_id, product_id, product_name, sku_name, delivery, quantity,
      unit_price_minor, amount_minor) VALUES ?`,
    [sales.map(({ id, skuId }) => [id, 1, skuId, 1, 'Bench', 'SKU 1', 'cards', 1, 100, 100])],
  );
  await changed(
    db,
    `UPDATE card_keys SET status = 2, version = version + 1, order_id = CASE id ${'WHEN ? THEN ? '.repeat(count)}END
      WHERE id IN (?) AND status = 0`,
    [...sales.flatMap(({ cardId, id }) => [cardId, id]), sales.map(({ cardId }) => cardId)],
    count,
  );
  await db.query(
    `INSERT INTO payments (id, order_id, attempt_no, channel, status, amount_minor, currency, received_minor, refunded_minor,
      trade_no, action, created_at, updated_at, succeeded_at, next_query_at) VALUES ?`,
    [
      sales.map(({ id }) => [
        `${id}01`,
        id,
        1,
        'sandbox',
        'pending',
        100,
        'CNY',
        0,
        0,
        null,
        null,
        now,
        now,
        null,
        now + 15_000,
      ]),
    ],
  );
  await db.query('COMMIT');
  return sales;
}

async function settle(db: Connection, sales: readonly Sale[], now: number): Promise<void> {
  const ids = sales.map(({ id }) => id);
  await db.query('BEGIN');
  await db.query('SELECT id FROM orders WHERE id IN (?) FOR UPDATE', [ids]);
  await db.query(
    `INSERT INTO payment_evidence (channel, trade_no, payment_id, order_id, amount_minor, currency, merchant, source, outcome,
      raw, paid_at, received_at) VALUES ?`,
    [sales.map(({ id, tradeNo }) => evidenceRow(id, tradeNo, now))],
  );
  await changed(
    db,
    `UPDATE payments SET status = 'succeeded', received_minor = amount_minor, next_query_at = NULL, succeeded_at = ?,
      updated_at = ?, version = version + 1, trade_no = CASE id ${'WHEN ? THEN ? '.repeat(sales.length)}END
      WHERE id IN (?) AND status = 'pending'`,
    [now, now, ...sales.flatMap(({ id, tradeNo }) => [`${id}01`, tradeNo]), ids.map((id) => `${id}01`)],
    sales.length,
  );
  await changed(
    db,
    `UPDATE orders SET status = 'delivered', received_minor = total_minor, paid_at = ?, delivered_at = ?, version = version + 1
      WHERE id IN (?) AND status = 'pending'`,
    [now, now, ids],
    sales.length,
  );
  await changed(
    db,
    'UPDATE card_keys SET status = 1, sale_time = ?, version = version + 1 WHERE id IN (?) AND status = 2',
    [now, sales.map(({ cardId }) => cardId)],
    sales.length,
  );
  await db.query('INSERT INTO card_issues (card_id, order_id, line_no, sku_id, issued_at) VALUES ?', [
    sales.map(({ id, skuId, cardId }) => [cardId, id, 1, skuId, now]),
  ]);
  await db.query('COMMIT');
}

function orderRow(id: string, now: number): unknown[] {
  const contact = `hand${started}@bench.invalid`;
  const hash = secretToken();
  return [
    ...[
      id,
      job.region,
      'pending',
      'CNY',
      100,
      0,
      null,
      null,
      contact,
      contact,
      null,
      hash,
      randomToken(),
      secretToken(),
    ],
    ...[hash, clientKey, null, 'zh', 0, now + 600_000, now],
  ];
}

function evidenceRow(id: string, tradeNo: string, now: number): unknown[] {
  const raw = `{"outTradeNo":"${id}01","tradeNo":"${tradeNo}","amountMinor":100,"currency":"CNY","status":"paid","timestamp":${now}}`;
  return ['sandbox', tradeNo, `${id}01`, id, 100, 'CNY', 'sandbox', 'callback', 'delivered', raw, now, now];
}

async function changed(db: Connection, text: string, params: unknown[], rows: number): Promise<void> {
  const [result] = await db.query(text, params);
  if ((result as { affectedRows: number }).affectedRows !== rows)
    throw new Error(`not ${rows} rows: ${text.slice(0, 40)}`);
}

const clientKey = sha256('127.0.0.1');
const connections = await Promise.all(
  Array.from({ length: workers }, async () => {
    const db = await createConnection({ host, port, user, password, database, charset: 'utf8mb4_bin' });
    await db.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    return db;
  }),
);
async function sell(flows: number): Promise<{ flows: number; seconds: number }> {
  const until = started + flows;
  let sold = 0;
  const from = performance.now();
  await Promise.all(
    connections.map(async (db) => {
      while (started < until) {
        const sales = await place(db, batchSize, Date.now());
        await settle(db, sales, Date.now());
        sold += sales.length;
      }
    }),
  );
  return { flows: sold, seconds: (performance.now() - from) / 1000 };
}

await sell(warmUp);
process.stdout.write(`${JSON.stringify(await sell(job.flows))}\n`);
await Promise.all(connections.map((db) => db.end()));
