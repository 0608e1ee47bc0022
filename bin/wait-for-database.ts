/**
 * A process that is started while the database is away waits for it, however long that takes. Meanwhile /healthz says that
 * it lives and /readyz that it takes no traffic, on the port it will serve on.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { isAway } from '../server/degrade/degrade.ts';
import { sleep } from '../server/platform/clock.ts';
import type { Log } from '../server/platform/observe/log.ts';

const tryAgainMs = 1000;
/** A start that takes no longer needs no placeholder. */
const silentMs = 1000;

export interface WaitOptions {
  log: Log;
  host: string;
  port: number;
}

/** Does the work once the database lets it; anything but an absent database is the caller's. */
export async function onceThereIsADatabase<T>(options: WaitOptions, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const meanwhile = answerMeanwhile(options, over.signal);
  try {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isAway(error)) throw error;
        const reason = (error as Error).message;
        options.log.error({ reason }, 'the database does not answer: waiting for it before the shop opens');
        await sleep(tryAgainMs);
      }
    }
  } finally {
    over.abort();
    await meanwhile;
  }
}

/** From the second second on, until `over`. A port that is taken is for the shop itself to complain of. */
async function answerMeanwhile({ host, port }: WaitOptions, over: AbortSignal): Promise<void> {
  await sleep(silentMs, over);
  if (over.aborted) return;
  const server = createServer((request, reply) => {
    const alive = request.url === '/healthz';
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' };
    reply.writeHead(alive ? 200 : 503, alive ? headers : { ...headers, 'retry-after': '5' });
    reply.end(JSON.stringify(alive ? { status: 'ok' } : { status: 503, code: 'database_unavailable' }));
  });
  const listening = await new Promise<boolean>((resolve) =>
    server.once('error', () => resolve(false)).listen(port, host, () => resolve(true)),
  );
  if (!listening) return;
  if (!over.aborted) await once(over, 'abort');
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
