/** Every route of the administration, with every role, with nobody, and with a session that lacks its CSRF token. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import fastify from 'fastify';
import { type Action, actions, permissions, roleMay, type StaffRole, staffRoles } from '../../contract/permissions.ts';
import { tableOwners } from '../../scripts/table-owners.ts';
import type { App } from '../../server/http/app-type.ts';
import { adminRoutes, refuseUnguardedRoutes } from '../../server/http/plugins/admin-auth.ts';
import type { Tables } from '../../server/platform/db/tables.ts';
import { type DeskPerson, firstOwner, newPerson, signedIn } from '../kit/desk-people.ts';
import { dialects } from '../kit/shop-database.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';

interface Route {
  method: string;
  path: string;
  action: Action | undefined;
}

const openRoutes = ['GET /setup', 'POST /setup', 'POST /login', 'GET /password-link', 'POST /password-link'];
const prefix = '/api/admin/v1';
const nameOf = ({ method, path }: Route) => `${method} ${path.slice(prefix.length)}`;

/** Numbers and names of nothing, in the shape each address takes. */
const fillings: Record<string, string> = {
  orderId: 'A0'.padEnd(28, '0'),
  session: 'A'.repeat(43),
  code: 'nobody',
  channel: 'nobody',
  date: '2026-01-01',
  id: '999999999',
};
const filled = ({ path }: Route) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'id' && path.includes('/orders/') ? (fillings.orderId ?? '') : (fillings[name] ?? '1'),
  );

for (const dialect of dialects) {
  suite(`who may do what, on ${dialect}`, () => {
    let shop: ShopServer;
    let routes: Route[];
    const people = new Map<StaffRole, DeskPerson>();
    let anyone: ReturnType<typeof client>;

    before(async () => {
      shop = await startShop(dialect, { CARDWELL_SAMPLE_DATA: 'off' });
      anyone = client(shop.address);
      people.set('owner', await firstOwner(shop));
      for (const role of staffRoles.slice(1)) people.set(role, await newPerson(shop, person('owner'), role, role));
      const { paths } = (await anyone('GET', '/api/openapi.json')).body;
      routes = Object.entries(paths as Record<string, Record<string, { 'x-action'?: Action }>>)
        .filter(([path]) => path.startsWith(prefix))
        .flatMap(([path, methods]) =>
          Object.entries(methods).map(([method, it]) => ({
            method: method.toUpperCase(),
            path,
            action: it['x-action'],
          })),
        )
        .filter((route) => !openRoutes.includes(nameOf(route)));
    });
    after(() => shop.close());

    const person = (role: StaffRole): DeskPerson => people.get(role) ?? assert.fail(role);
    const send = (route: Route, headers: Record<string, string>) =>
      anyone(route.method, filled(route), route.method === 'GET' ? undefined : {}, headers);
    async function everything(): Promise<string> {
      const tables = Object.keys(tableOwners) as (keyof Tables)[];
      // Of the worker of this very shop: it renews leases and chains the audit log.
      const own = new Set<string>(['leases', 'audit_chain', 'processes']);
      const kept = tables.filter((table) => !own.has(table));
      const rows = await Promise.all(
        kept.map((table) => shop.context.database.read.selectFrom(table).selectAll().execute()),
      );
      return JSON.stringify(rows);
    }

    test('every route says what it does, and every action is that of a route', () => {
      assert.ok(routes.length > 70, `${routes.length} routes`);
      assert.deepEqual(routes.filter(({ action }) => !action).map(nameOf), []);
      const used = new Set(routes.map(({ action }) => action));
      assert.deepEqual(
        actions.filter((action) => !used.has(action)),
        [],
      );
    });

    test('whoever is not allowed to is refused, on every route, and nothing changes', async () => {
      const before = await everything();
      let refused = 0;
      for (const route of routes) {
        const stranger = await send(route, {});
        assert.deepEqual([stranger.status, stranger.body.code], [401, 'unauthorized'], nameOf(route));
        for (const role of staffRoles) {
          const { cookie, csrf } = person(role);
          if (route.method !== 'GET') {
            const stolen = await send(route, { cookie });
            assert.deepEqual([stolen.status, stolen.body.code], [403, 'csrf_failed'], `${role}: ${nameOf(route)}`);
          }
          if (route.action && roleMay(role, route.action)) continue;
          const reply = await send(route, { cookie, 'x-csrf-token': csrf });
          assert.deepEqual([reply.status, reply.body.code], [403, 'forbidden'], `${role}: ${nameOf(route)}`);
          refused++;
        }
      }
      assert.ok(refused > 60, `${refused} refusals`);
      assert.equal(await everything(), before);
    });

    test('whoever is allowed to gets through, on every route', async () => {
      for (const role of staffRoles) {
        for (const route of routes) {
          if (!route.action || !roleMay(role, route.action)) continue;
          // A session each: one of the routes ends it.
          const { cookie, csrf } = await signedIn(shop, person(role));
          const reply = await send(route, { cookie, 'x-csrf-token': csrf });
          // Let in, and asked to prove it again: there is a test of that.
          if (reply.body.code === 'proof_needed') continue;
          assert.ok(![401, 403].includes(reply.status), `${role}: ${nameOf(route)} ${JSON.stringify(reply.body)}`);
          assert.ok(reply.status < 500, `${role}: ${nameOf(route)} ${JSON.stringify(reply.body)}`);
        }
      }
    });

    test('the matrix, in plain words', async () => {
      for (const route of routes) {
        const { action, method } = route;
        assert.ok(action);
        assert.ok(roleMay('owner', action), `an owner may do everything: ${action}`);
        // A search by card number sends the number in its body.
        const changes = method !== 'GET' && !['self.change', 'cards.find', 'audit.verify'].includes(action);
        // What is told to nobody but those who need it: the whole shop in one file, what a buyer filled in.
        if (['backups.download', 'cards.deliver'].includes(action)) continue;
        assert.equal(roleMay('auditor', action), !changes, `an auditor sees everything and changes nothing: ${action}`);
      }
      const money: Action[] = ['orders.refund', 'orders.complete', 'payments.confirm', 'review.resolve'];
      for (const action of money)
        assert.deepEqual([roleMay('support', action), roleMay('manager', action)], [false, true]);
      const owners: Action[] = ['staff.change', 'tokens.change', 'channels.change', 'notices.change'];
      for (const action of owners) assert.deepEqual(permissions[action].roles, ['owner']);
      for (const role of staffRoles) {
        const me = (await (await signedIn(shop, person(role))).call('GET', `${prefix}/me`)).body;
        assert.deepEqual(
          me.actions,
          actions.filter((action) => roleMay(role, action)),
        );
        assert.deepEqual([me.role, me.actor], [role, `${role}:${person(role).login}`]);
      }
    });

    test('tokens keep what their scopes gave them, and never decide who may come in', async () => {
      const make = async (scopes: string[]) => {
        const { token } = (await person('owner').call('POST', `${prefix}/tokens`, { name: scopes.join(), scopes }))
          .body;
        return { authorization: `Bearer ${token}` };
      };
      const [reader, writer, all] = [await make(['read']), await make(['write']), await make(['*'])];
      for (const route of routes) {
        const isPeople = route.path.startsWith(`${prefix}/staff`);
        const statusOf = async (headers: Record<string, string>) => (await send(route, headers)).status;
        const reads = route.method === 'GET';
        if (isPeople || (route.path.startsWith(`${prefix}/tokens`) && !reads)) {
          for (const one of [reader, writer]) assert.equal(await statusOf(one), 403, nameOf(route));
          if (isPeople) assert.equal(await statusOf(all), reads ? 200 : 403, nameOf(route));
          continue;
        }
        if (route.action && permissions[route.action].token === null) {
          for (const one of [reader, writer, all]) assert.equal(await statusOf(one), 403, nameOf(route));
          continue;
        }
        const needs = route.action ? permissions[route.action].token : 'write';
        assert.equal(await statusOf(needs === 'read' ? writer : reader), 403, nameOf(route));
        // What belongs to a person refuses a token for want of a person, not of a scope.
        if (/\/(sessions|second-factor|password|purge|prove)/.test(route.path)) continue;
        assert.ok(![401, 403].includes(await statusOf(needs === 'read' ? reader : writer)), nameOf(route));
      }
    });

    test('a role that this program does not know may do nothing', async () => {
      const odd = await newPerson(shop, person('owner'), 'support', 'odd');
      await shop.context.database.transact('test', (tx) =>
        tx.updateTable('users').set({ role: 'emperor' }).where('id', '=', odd.id).execute(),
      );
      assert.equal((await odd.call('GET', `${prefix}/me`)).status, 403);
      assert.equal((await odd.call('GET', `${prefix}/orders`)).status, 403);
    });
  });
}

test('a route without an action, or outside the door, stops the program at its start', async () => {
  const start = async (register: (app: App) => void | Promise<void>) => {
    const app = fastify() as unknown as App;
    refuseUnguardedRoutes(app);
    await register(app);
    return app.ready().then(
      () => 'started',
      (error: Error) => error.message,
    );
  };
  const handler = async () => 'x';
  const guarded = (config: object) => (app: App) =>
    adminRoutes(app, {} as never, (scope) => void scope.get('/api/admin/v1/x', { config }, handler));
  assert.equal(await start(guarded({ action: 'orders.read' })), 'started');
  assert.match(await start(guarded({})), /without an action: \/api\/admin\/v1\/x/);
  assert.match(await start(guarded({ action: 'orders.steal' })), /without an action/);
  const outside = (config: object) => (app: App) => void app.get('/api/admin/v1/x', { config }, handler);
  assert.match(await start(outside({ action: 'orders.read' })), /not behind adminRoutes/);
  assert.equal(await start(outside({ access: 'open' })), 'started');
});
