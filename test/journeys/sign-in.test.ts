/** How people get in: the one-time link, the owner's session and its CSRF token, buyers' accounts, and what guessing meets. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { ensureSetupLink } from '../../server/account/setup-link.ts';
import { firstStart } from '../../server/first-start.ts';
import { dialects } from '../kit/shop-database.ts';
import { client, type Reply, type ShopServer, startShop } from '../kit/shop-server.ts';

const password = 'correct horse battery';
const cookieOf = (reply: Reply) => (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

for (const dialect of dialects) {
  suite(`sign-in on ${dialect}`, () => {
    let shop: ShopServer;
    let anyone: ReturnType<typeof client>;
    const link = async () => {
      const found = await ensureSetupLink({ ...shop.context, baseUrl: 'https://shop.example' });
      return found?.split('#')[1] ?? '';
    };
    before(async () => {
      shop = await startShop(dialect, { BASE_URL: 'https://shop.example' });
      anyone = client(shop.address);
    });
    after(() => shop.close());

    test('of two people who open set-up links at the same moment one becomes the owner, and no link works again', async () => {
      const [one, two] = [await link(), await link()];
      assert.match(one, /^[\w-]{43}$/);
      const state = async (token: string) =>
        (await anyone('GET', '/api/admin/v1/setup', undefined, { 'x-setup-token': token })).body;
      assert.deepEqual(await state(one), { ownerExists: false, linkValid: true });
      assert.deepEqual(await state('A'.repeat(43)), { ownerExists: false, linkValid: false });
      const body = { login: 'Alice', password, displayName: 'Alice' };
      const weak = await anyone('POST', '/api/admin/v1/setup', { ...body, token: one, password: 'alice12345' });
      assert.deepEqual([weak.body.code, weak.body.errors[0].path], ['invalid_request', 'body/password']);
      const wrong = await anyone('POST', '/api/admin/v1/setup', { ...body, token: 'nothing' });
      assert.deepEqual([wrong.status, wrong.body.code], [410, 'setup_link_used']);
      const tries = await Promise.all(
        [one, one, two].map((token, i) =>
          anyone('POST', '/api/admin/v1/setup', { ...body, login: `alice${i}`, token }),
        ),
      );
      assert.deepEqual(tries.map((reply) => reply.status).sort(), [201, 410, 410]);
      assert.deepEqual(await state(two), { ownerExists: true, linkValid: false });
      assert.equal(await ensureSetupLink({ ...shop.context, baseUrl: '' }), undefined);
      const names = await shop.context.database.read.selectFrom('users').select(['login', 'password_hash']).execute();
      assert.equal(names.length, 1);
      assert.match(names[0]?.password_hash ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });

    test('a session may read; it changes something only with its CSRF token; it ends when it is ended', async () => {
      const [owner] = await shop.context.database.read.selectFrom('users').select('login').execute();
      const login = await anyone('POST', '/api/admin/v1/login', {
        login: ` ${owner?.login}`.toUpperCase().trim(),
        password,
      });
      assert.equal(login.status, 200);
      const header = login.headers.get('set-cookie') ?? '';
      assert.match(
        header,
        /^cardwell_owner=[\w-]{43}; Max-Age=604800; Path=\/api\/admin; HttpOnly; SameSite=Lax; Secure$/,
      );
      const cookie = cookieOf(login);
      const inside = client(shop.address, { cookie });
      const me = (await inside('GET', '/api/admin/v1/me')).body;
      assert.deepEqual([me.actor, me.csrfToken], [`owner:${owner?.login}`, login.body.csrfToken]);
      const settings = { name: 'Mine' };
      const bad: Record<string, string>[] = [
        {},
        { 'x-csrf-token': 'x' },
        { 'x-csrf-token': cookie.split('=')[1] ?? '' },
      ];
      for (const headers of bad) {
        const refused = await inside('PATCH', '/api/admin/v1/settings', settings, headers);
        assert.deepEqual([refused.status, refused.body.code], [403, 'csrf_failed']);
      }
      const csrf = { 'x-csrf-token': me.csrfToken };
      assert.equal((await inside('PATCH', '/api/admin/v1/settings', settings, csrf)).status, 200);
      const { entries } = (await inside('GET', '/api/admin/v1/audit-log?limit=1')).body;
      assert.equal(entries[0].actor, `owner:${owner?.login}`);
      const other = await anyone('POST', '/api/admin/v1/login', { login: owner?.login, password });
      const change = { current: password, next: 'an entirely new one' };
      assert.equal((await inside('POST', '/api/admin/v1/password', change, csrf)).status, 204);
      assert.equal((await inside('GET', '/api/admin/v1/me')).status, 200);
      assert.equal((await anyone('GET', '/api/admin/v1/me', undefined, { cookie: cookieOf(other) })).status, 401);
      const out = await inside('POST', '/api/admin/v1/logout', {}, csrf);
      assert.deepEqual([out.status, cookieOf(out)], [204, 'cardwell_owner=']);
      assert.equal((await inside('GET', '/api/admin/v1/me')).status, 401);
      const stored = JSON.stringify(await shop.context.database.read.selectFrom('sessions').selectAll().execute());
      assert.ok(!stored.includes(cookieOf(other).split('=')[1] as string));
    });

    test('a session dies of age and of idleness', async () => {
      const { database } = shop.context;
      const [owner] = await database.read.selectFrom('users').select('login').execute();
      const credentials = { login: owner?.login, password: 'an entirely new one' };
      for (const change of [{ expires_at: 1 }, { seen_at: Date.now() - 25 * 3_600_000 }]) {
        const cookie = cookieOf(await anyone('POST', '/api/admin/v1/login', credentials));
        assert.equal((await anyone('GET', '/api/admin/v1/me', undefined, { cookie })).status, 200);
        await database.transact('test', (tx) => tx.updateTable('sessions').set(change).execute());
        assert.equal((await anyone('GET', '/api/admin/v1/me', undefined, { cookie })).status, 401);
      }
    });

    test('a buyer registers, comes back, and is nobody to the administration', async () => {
      const body = { login: 'Bob@Example.com', password };
      const registered = await anyone('POST', '/api/v1/account/register', body);
      assert.equal(registered.status, 201);
      const taken = await anyone('POST', '/api/v1/account/register', { ...body, login: 'bob@example.COM' });
      assert.equal(taken.body.code, 'account_exists');
      const login = await anyone('POST', '/api/v1/account/login', body);
      const buyer = client(shop.address, { cookie: cookieOf(login) });
      assert.equal((await buyer('GET', '/api/v1/account/me')).body.user.login, 'bob@example.com');
      assert.deepEqual((await buyer('GET', '/api/v1/account/orders')).body, { orders: [] });
      await firstStart(shop.context);
      const { products } = (await anyone('GET', '/api/v1/products')).body;
      const order = { lines: [{ skuId: products[0].skus[0].id, quantity: 1 }], contact: 'bob@example.com' };
      const placed = (await buyer('POST', '/api/v1/orders', order)).body.order;
      await anyone('POST', '/api/v1/orders', { ...order, contact: 'other@example.com' });
      const { orders } = (await buyer('GET', '/api/v1/account/orders')).body;
      assert.deepEqual(
        orders.map((one: { order: { id: string } }) => one.order.id),
        [placed.id],
      );
      const key = { authorization: `Bearer ${orders[0].accessToken}` };
      assert.equal((await anyone('GET', `/api/v1/orders/${placed.id}`, undefined, key)).status, 200);
      const disguised = cookieOf(login).replace('cardwell_buyer', 'cardwell_owner');
      assert.equal((await anyone('GET', '/api/admin/v1/me', undefined, { cookie: disguised })).status, 401);
      assert.equal((await anyone('POST', '/api/admin/v1/login', body)).body.code, 'wrong_credentials');
      assert.equal((await buyer('POST', '/api/v1/account/logout', {})).body.code, 'csrf_failed');
      const csrf = { 'x-csrf-token': login.body.csrfToken };
      assert.equal((await buyer('POST', '/api/v1/account/logout', {}, csrf)).status, 204);
      assert.equal((await buyer('GET', '/api/v1/account/me')).status, 401);
      assert.equal((await anyone('GET', '/api/v1/account/orders')).status, 401);
    });

    test('after five wrong passwords even the right one waits, all at once or one by one, and nobody else is locked out', async () => {
      const login = 'carol@example.com';
      await anyone('POST', '/api/v1/account/register', { login, password });
      const wrong = { login, password: 'not the password' };
      const replies = await Promise.all(
        Array.from({ length: 12 }, () => anyone('POST', '/api/v1/account/login', wrong)),
      );
      const codes = replies.map((reply) => reply.body.code).sort();
      assert.deepEqual(codes, [...Array(7).fill('too_many_requests'), ...Array(5).fill('wrong_credentials')]);
      const right = await anyone('POST', '/api/v1/account/login', { login, password });
      assert.deepEqual([right.status, right.body.code], [429, 'too_many_requests']);
      assert.ok(right.headers.get('retry-after'));
      const bob = await anyone('POST', '/api/v1/account/login', { login: 'bob@example.com', password });
      assert.equal(bob.status, 200);
      const nobody = await anyone('POST', '/api/v1/account/login', { login: 'nobody', password });
      assert.deepEqual([nobody.status, nobody.body.code], [401, 'wrong_credentials']);
    });
  });
}
