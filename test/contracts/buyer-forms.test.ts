/** What goods by hand ask their buyers for: judged, sealed, carried through degrade mode, shown to who delivers and to the buyer. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { BuyerField } from '../../contract/buyer-fields.ts';
import { rotateKeys } from '../../server/card/rotate-keys.ts';
import { secretsAreSealed } from '../../server/reconcile/audit/inv-9-store.ts';
import { dialects } from '../kit/shop-database.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';
import { until } from '../kit/until.ts';

const password = 'hunter2-of-li';
const fields: BuyerField[] = [
  {
    key: 'account',
    label: { zh: '游戏账号', en: 'Game account' },
    kind: 'text',
    required: true,
    pattern: '[a-z0-9]{3,12}',
  },
  {
    key: 'server',
    label: { zh: '区服', en: 'Server' },
    kind: 'select',
    required: true,
    options: [{ value: 'cn1', label: { zh: '华东' } }, { value: 'eu1' }],
  },
  { key: 'password', label: { zh: '密码', en: 'Password' }, kind: 'secret', required: true, minLength: 6 },
  { key: 'qq', label: { zh: 'QQ' }, kind: 'number', required: false },
];
const right = { account: 'li123', server: 'cn1', password };

for (const dialect of dialects) {
  describe(`forms of buyers on ${dialect}`, () => {
    let shop: ShopServer;
    let ask: ReturnType<typeof client>;
    let buy: ReturnType<typeof client>;
    let skuId: number;
    let productId: number;
    before(async () => {
      shop = await startShop(dialect, { CARDWELL_SAMPLE_DATA: 'off', CARDWELL_LIMITS: 'off' });
      ask = client(shop.address, { authorization: `Bearer ${shop.token}` });
      buy = client(shop.address);
      productId = (await ask('POST', '/api/admin/v1/products', { name: 'Levelling' })).body.product.id;
      const sku = { name: 'One', priceMinor: 500, currency: 'CNY', delivery: 'manual', buyerFields: fields };
      const made = await ask('POST', `/api/admin/v1/products/${productId}/skus`, sku);
      assert.equal(made.status, 201, JSON.stringify(made.body));
      skuId = made.body.sku.id;
    });
    after(() => shop.close());

    const order = (answers: Record<string, string> | undefined, key?: string) =>
      buy(
        'POST',
        '/api/v1/orders',
        { lines: [{ skuId, quantity: 1, ...(answers && { fields: answers }) }], contact: 'li@example.com' },
        key ? { 'idempotency-key': key } : {},
      );
    const formAs = async (path: string, token: string) =>
      (await buy('GET', path, undefined, { authorization: `Bearer ${token}` })).body.lines;

    test('the page knows what is asked; answers that are not that are refused by name', async () => {
      const { body } = await buy('GET', '/api/v1/products');
      assert.deepEqual(body.products[0].skus[0].buyerFields, fields);
      const wrong: [Record<string, string> | undefined, string, string][] = [
        [undefined, 'account', 'missing'],
        [{ ...right, account: 'NO' }, 'account', 'pattern'],
        [{ ...right, server: 'us1' }, 'server', 'option'],
        [{ ...right, password: 'short' }, 'password', 'short'],
        [{ ...right, qq: 'many' }, 'qq', 'number'],
        [{ ...right, other: 'x' }, 'other', 'unknown'],
      ];
      for (const [answers, key, why] of wrong) {
        const { status, body: problem } = await order(answers);
        assert.equal(status, 422, JSON.stringify(problem));
        assert.equal(problem.code, 'form_invalid');
        assert.deepEqual(problem.errors, [{ path: `skuId:${skuId}/fields/${key}`, message: why }]);
      }
    });

    test('buyer and staff read the answers; the secret stands nowhere in clear and survives a change of the key', async () => {
      const placed = await order({ ...right, account: ' li123 ' });
      assert.equal(placed.status, 201, JSON.stringify(placed.body));
      const { id } = placed.body.order;
      const path = `/api/v1/orders/${id}/form`;
      const shown = await formAs(path, placed.body.accessToken);
      const values = shown[0].fields.map((one: { key: string; value: string }) => [one.key, one.value]);
      assert.deepEqual(values, [
        ['account', 'li123'],
        ['server', 'cn1'],
        ['password', password],
      ]);
      assert.equal((await buy('GET', path)).status, 401);
      assert.deepEqual((await ask('GET', `/api/admin/v1/cards/forms/${id}`)).body.lines, shown);
      const { context } = shop;
      const reads = await context.database.read
        .selectFrom('audit_log')
        .select(['actor', 'order_id'])
        .where('action', '=', 'order.show-form')
        .execute();
      assert.deepEqual(
        reads.map((read) => read.order_id),
        [id],
        'the buyer’s own look is not on record, that of the desk is',
      );
      const row = await context.database.read
        .selectFrom('line_forms')
        .selectAll()
        .where('order_id', '=', id)
        .executeTakeFirstOrThrow();
      assert.ok(
        !JSON.stringify(row.answers).includes(password) && !Buffer.from(row.secrets as Uint8Array).includes(password),
      );
      assert.equal((await secretsAreSealed.run(context as never)).found, 0);
      const { keyring } = context;
      assert.ok(keyring);
      const report = await rotateKeys({ ...context, keyring }, { addKey: true, retire: false });
      assert.equal(report.unreadable.count, 0);
      assert.ok(report.resealed >= 1);
      assert.deepEqual(await formAs(path, placed.body.accessToken), shown);
      assert.equal((await secretsAreSealed.run(context as never)).found, 0);
    });

    test('the same key with the same answers is the same order, with others it is refused', async () => {
      const key = `key-${dialect}-1`;
      const first = await order(right, key);
      assert.equal((await order(right, key)).body.order.id, first.body.order.id);
      for (const other of [
        { ...right, account: 'wang1' },
        { ...right, password: 'hunter3-of-li' },
      ])
        assert.equal((await order(other, key)).body.code, 'idempotency_key_reused');
    });

    test('recorded while the database is away, they come with the order, and are not on the disk', async () => {
      const turn = (on: boolean) => ask('PUT', '/api/admin/v1/degrade', { on, why: 'a test' });
      await turn(true);
      const taken = await order(right, `ticket-${dialect}`);
      assert.equal(taken.status, 202, JSON.stringify(taken.body));
      const again = await order(right, `ticket-${dialect}`);
      assert.equal(again.body.ticket.id, taken.body.ticket.id);
      const { folder } = shop.context.degrade.book;
      const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
      const written = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
      assert.ok(written.includes('li123') && !written.includes(password));
      await turn(false);
      const { url, token, id } = taken.body.ticket;
      const bearer = { authorization: `Bearer ${token}` };
      await until(
        'it is placed',
        async () => (await buy('GET', url, undefined, bearer)).body.ticket.status === 'placed',
      );
      const [line] = await formAs(`/api/v1/orders/${id}/form`, token);
      assert.equal(line.fields[2].value, password);
    });

    test('a definition that cannot work is refused with its place', async () => {
      const path = `/api/admin/v1/products/${productId}/skus`;
      const sku = { name: 'Two', priceMinor: 500, currency: 'CNY', delivery: 'manual' };
      const bad = async (more: object) => (await ask('POST', path, { ...sku, ...more })).body;
      const [first] = fields;
      assert.equal((await bad({ buyerFields: [first, first] })).errors[0].path, 'body/buyerFields/1/key');
      assert.equal(
        (await bad({ buyerFields: [{ ...first, pattern: '(a+)+' }] })).errors[0].path,
        'body/buyerFields/0/pattern',
      );
      assert.equal((await bad({ delivery: 'cards', buyerFields: [first] })).errors[0].path, 'body/buyerFields');
    });
  });
}
