/** The shop's catalogue as one process serves it, with the levels of cache named in its arguments. Stops when its parent goes. */
import { buildApp } from '../server/app.ts';
import { countAvailable } from '../server/card/stock-store.ts';
import { readConfig } from '../server/config.ts';
import { type Context, openContext } from '../server/context.ts';
import { createSharedCache } from '../server/platform/cache/shared-cache.ts';
import { createTwoLevelCache } from '../server/platform/cache/two-level-cache.ts';

export type CacheMode = 'none' | 'here' | 'redis' | 'both';

const mode = process.argv[2] as CacheMode;
const context = await openContext(readConfig(), ['order']);
const app = await buildApp({ ...context, ...cachesOf(mode) });
await app.listen({ host: '127.0.0.1', port: 0 });
const address = app.server.address();
process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
process.on('disconnect', () => process.exit(0));

/** The shop's own caches, unless one of their levels is to be left out. */
function cachesOf(left: CacheMode): Partial<Pick<Context, 'catalogueCache' | 'stock'>> {
  const { database, region, redis, clock } = context;
  const countAll = async (skuIds: readonly number[]) => {
    const found = await countAvailable(database.lagging, region, skuIds);
    return new Map(skuIds.map((skuId) => [skuId, found.get(skuId) ?? 0]));
  };
  const nothing = { change() {}, forget() {}, clear() {} };
  if (left === 'none') {
    return {
      catalogueCache: { ...nothing, get: async (keys, load) => new Map(await load(keys)) },
      stock: { available: countAll, adjust() {}, forget() {} },
    };
  }
  if (left !== 'redis') return {};
  const redisOnly = (group: string) => ({
    clock,
    max: 500,
    life: () => ({ hereMs: 0, sharedMs: group === 'catalogue' ? 5000 : 1000 }),
    shared: createSharedCache(redis, group),
  });
  const counts = createTwoLevelCache<number, number>(redisOnly(`stock ${region}`));
  return {
    catalogueCache: createTwoLevelCache(redisOnly('catalogue')),
    stock: { available: (skuIds) => counts.get(skuIds, countAll), adjust() {}, forget() {} },
  };
}
