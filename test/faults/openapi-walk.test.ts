import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { problems } from '../../contract/problems.ts';
import { buildApp } from '../../server/app.ts';
import { roles } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import type { DialectName } from '../../server/platform/db/database.ts';
import { type Buyer, buyerAt } from '../kit/buyer.ts';
import type { Answer, Call } from '../kit/http-call.ts';
import { assertSound } from '../kit/shop-audit.ts';
import { newTestShop, type TestShop } from '../kit/test-shop.ts';
import { routesOf } from './openapi/app-routes.ts';
import { type Operation, operationsOf, requestsTo } from './openapi/operations.ts';
import { type WalkersWorld, walkersWorld } from './openapi/walkers-world.ts';

const seed = Number(process.env.CARDWELL_TEST_SEED ?? Date.now() % 2 ** 31);
const dialects: readonly DialectName[] = ['sqlite', 'mysql'];
const requestsEach = 5_200;
const atOnce = 32;
const mostFlaws = 12;
/** These hash a password: 25 ms of a core each. */
const slow = /\/(login|register|password|lookup|setup|prove)$/;
const slowRequests = 30;
/** Pages and the document itself; everything else under /api must stand in the document. */
const mayBeHidden = [/^\/api\/openapi\.json$/, /^\/api\/docs(\/|$)/, /^\/(?!api\/|healthz|readyz|metrics)/];

for (const dialect of dialects) {
  describe(`every route with good and bad input on ${dialect}, seed ${seed}`, () => {
    let shop: TestShop;
    let buyer: Buyer;
    let operations: Operation[];

    before(async () => {
      shop = await newTestShop(dialect, { LOG_LEVEL: 'error' });
      const server = await shop.newProcess({ CARDWELL_DATA_DIR: shop.context.config.dataDir });
      await server.start();
      buyer = buyerAt(server.origin, atOnce);
      operations = operationsOf(JSON.parse((await buyer.call({ path: '/api/openapi.json' })).text));
    });
    after(() => shop.close());

    test('the document has every route that the program answers', async () => {
      const context = await openContext(shop.context.config, roles);
      const app = await buildApp(context);
      await app.ready();
      const documented = new Set(
        operations.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
      );
      const missing = routesOf(app)
        .filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS')
        .filter(({ path }) => !mayBeHidden.some((pattern) => pattern.test(path)))
        .map(({ method, path }) => `${method} ${path}`)
        .filter((route) => !documented.has(route));
      assert.deepEqual(missing, []);
      assert.ok(documented.size > 20);
      await app.close();
      await context.close();
    });

    test('no request makes it fail, tell what is not the caller’s, or refuse in words of its own', async (t) => {
      const world = await walkersWorld(shop, buyer);
      const plan = planned(operations, world);
      const counts = new Map<string, number>();
      /** The first of each kind. */
      const wrong = new Map<string, string>();
      let next = 0;
      const walk = async () => {
        while (next < plan.length && wrong.size < mostFlaws) {
          const { operation, request } = plan[next++] as (typeof plan)[number];
          const call = request();
          const name = `${operation.method} ${operation.path}`;
          counts.set(name, (counts.get(name) ?? 0) + 1);
          const answer = await buyer.call({ ...call, firstBytes: isStream(operation, call) }).catch(String);
          const flaw = typeof answer === 'string' ? answer : flawOf(operation, call, answer, world.secrets);
          if (flaw) wrong.set(`${flaw} by ${name}`, describeCall(call, answer));
          if (typeof answer !== 'string' && answer.status === 401 && sentItsOwn(call)) await world.renew(operation);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, walk));
      for (const [name, count] of counts) t.diagnostic(`${count} ${name}`);
      const found = [...wrong].map(([flaw, how]) => `${flaw}\n${how}`);
      assert.equal(wrong.size, 0, `seed ${seed}\n${found.join('\n')}\n${shop.processes[0]?.log().slice(-4000)}`);
      assert.ok(next >= requestsEach, `only ${next} requests`);
      assert.equal(counts.size, operations.length);
      await assertSound(shop);
    });
  });
}

function sentItsOwn({ headers = {} }: Call): boolean {
  return 'cookie' in headers || (headers.authorization?.includes('cwt_') ?? false);
}

/** Followed by the order's own page for as long as it is open. */
function isStream({ path }: Operation, { method }: Call): boolean {
  return path.endsWith('/events') && method === 'GET';
}

/** Each operation often enough, in a mixed order. */
function planned(operations: readonly Operation[], world: WalkersWorld) {
  const fast = operations.filter(({ path }) => !slow.test(path)).length;
  const fastRequests = Math.ceil((requestsEach - slowRequests * (operations.length - fast)) / fast);
  const plan = operations.flatMap((operation, i) => {
    const numRuns = slow.test(operation.path) ? slowRequests : fastRequests;
    return fc.sample(requestsTo(operation, world), { seed: seed + i, numRuns }).map((request, n) => ({
      operation,
      request,
      // Spread evenly over the walk, whatever their number.
      at: (n + 0.5) / numRuns,
    }));
  });
  return plan.sort((a, b) => a.at - b.at);
}

function flawOf(operation: Operation, call: Call, { status, headers, text }: Answer, secrets: readonly string[]) {
  if (status >= 500 || status < 200) return `status ${status}`;
  const isOwner = operation.path.startsWith('/api/admin/');
  const told = secrets.find((secret) => text.includes(secret));
  if (told && !(isOwner && !told.includes('CARD'))) return `told ${told}`;
  if (status < 400 || call.method === 'HEAD') return undefined;
  // A channel is answered in its own words.
  if (operation.path.startsWith('/api/v1/callbacks/') && text === 'fail') return undefined;
  if (!headers['content-type']?.startsWith('application/problem+json')) return `refused as ${headers['content-type']}`;
  const { code, status: said } = JSON.parse(text) as { code: keyof typeof problems; status: number };
  if (problems[code]?.status !== status || said !== status) return `code ${code} with status ${status}`;
  return undefined;
}

function describeCall(call: Call, answer: Answer | string): string {
  return `  sent: ${JSON.stringify(call).slice(0, 1200)}\n  got: ${JSON.stringify(answer).slice(0, 500)}`;
}
