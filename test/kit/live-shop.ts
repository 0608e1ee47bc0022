/** A whole shop in the test's own process, behind a real port, with a channel to each simulated network it is given. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { RunningGateway } from '../../gateways/serve-gateway.ts';
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { type Context, openContext } from '../../server/context.ts';
import type { App } from '../../server/http/app-type.ts';
import { openingDeps } from '../../server/payment/channels/registry.ts';
import { createChannel } from '../../server/payment/create-channel.ts';
import type { DialectName } from '../../server/platform/db/database.ts';
import { runScan } from '../../server/reconcile/run-scans.ts';
import type { ScanReport } from '../../server/reconcile/scans/scan.ts';
import { freePort } from './free-port.ts';
import { newTestShop, type TestShop } from './test-shop.ts';

export interface LiveShop {
  shop: TestShop;
  context: Context;
  origin: string;
  /** Sets up a channel that is this network's customer. @returns its code */
  connect(gateway: RunningGateway, code?: string, more?: { priority?: number }): Promise<string>;
  scan(name: string): Promise<ScanReport>;
  /** Every payment that waits to be asked about is due now. */
  makeQueriesDue(): Promise<void>;
  /** Sends what waits in the outbox for refunds, now. */
  close(): Promise<void>;
}

export async function newLiveShop(dialect: DialectName, settings: Record<string, string> = {}): Promise<LiveShop> {
  const shop = await newTestShop(dialect, settings);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const dataDir = join(shop.dataDirs[0] as string, '..', 'live');
  (shop.dataDirs as string[]).push(dataDir);
  const config = readConfig({
    ...shop.env,
    CARDWELL_DATA_DIR: dataDir,
    BASE_URL: origin,
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'silent',
  });
  const context = await openContext(config, ['order', 'card', 'payment', 'account', 'admin']);
  const app: App = await buildApp(context);
  await app.listen({ host: '127.0.0.1', port });
  if ((app.server.address() as AddressInfo).port !== port) throw new Error('another port');
  return {
    shop,
    context,
    origin,
    async connect(gateway, code = gateway.definition.kind, more = {}) {
      const { database, clock, nudges, channelKeyring: keyring } = context;
      if (!keyring) throw new Error('the channel key is missing');
      gateway.webhookUrl = `${origin}/api/v1/callbacks/${code}`;
      const outcome = await createChannel(
        { database, clock, nudges, keyring, opening: openingDeps(context) },
        { code, kind: gateway.definition.kind, settings: gateway.wire.settings, ...more, actor: 'test' },
      );
      if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome));
      await context.channels.refresh();
      return code;
    },
    scan: (name) => runScan({ ...context, journalFolder: join(dataDir, 'issue-journal') }, name),
    async makeQueriesDue() {
      await context.database.transact('test.due', (tx) =>
        tx.updateTable('payments').set({ next_query_at: 1 }).where('next_query_at', 'is not', null).execute(),
      );
    },
    async close() {
      await app.close();
      await context.close();
      await shop.close();
    },
  };
}
