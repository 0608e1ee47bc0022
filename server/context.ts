/**
 * Config -> Context: the only place where adapters are made and wired. Operations take the few things they need of it
 * (`Pick` by structure), so a test can hand them a smaller world.
 */
import { createStockCache, type StockCache } from './card/stock.ts';
import { type CatalogueCache, createCatalogueCache } from './catalog/catalogue-cache.ts';
import type { Config, Role } from './config.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Database } from './platform/db/database.ts';
import { openDatabase } from './platform/db/open-database.ts';
import { createNudges, type Nudges } from './platform/nudges.ts';
import { createLog, type Log } from './platform/observe/log.ts';
import { createMetrics, type Metrics } from './platform/observe/metrics.ts';

export interface Context {
  config: Config;
  roles: ReadonlySet<Role>;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  database: Database;
  nudges: Nudges;
  catalogueCache: CatalogueCache;
  stock: StockCache;
  /** Set when this process has been told to stop: /readyz answers 503 and loops end. */
  stopping: AbortController;
  close(): Promise<void>;
}

export async function openContext(config: Config, roles: readonly Role[]): Promise<Context> {
  const clock = systemClock;
  const log = createLog(config.logLevel);
  const metrics = createMetrics();
  const database = openDatabase({
    url: config.databaseUrl,
    clock,
    poolSize: config.databasePoolSize,
    events: {
      onRetry(operation, errorClass, error) {
        metrics.databaseRetries.inc({ operation, class: errorClass });
        log.debug({ operation, errorClass, err: error }, 'transaction runs again');
      },
    },
  });
  const nudges = createNudges();
  return {
    config,
    roles: new Set(roles),
    clock,
    log,
    metrics,
    database,
    nudges,
    catalogueCache: createCatalogueCache({ clock, nudges }),
    stock: createStockCache({ database, clock, region: config.region }),
    stopping: new AbortController(),
    async close() {
      await database.close();
    },
  };
}
