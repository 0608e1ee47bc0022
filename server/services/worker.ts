/** The worker role: sends the outbox, and runs the scans when it holds their lease. Any number of workers may run. */
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { runOutbox } from '../delivery/run-outbox.ts';
import type { App } from '../http/app-type.ts';
import { settledFailures } from '../payment/settled-case-store.ts';
import { sleep } from '../platform/clock.ts';
import { randomToken } from '../platform/ids.ts';
import { runScans } from '../reconcile/run-scans.ts';
import { outboxTopics, tellPerson } from './outbox-topics.ts';
import { startJobs } from './system.ts';

export async function workerService(app: App, context: Context): Promise<void> {
  let worker: Worker | undefined;
  app.addHook('onReady', async () => {
    worker = startWorker(context);
  });
  app.addHook('onClose', async () => worker?.stop());
}

const jobsEndWithinMs = 2000;

export interface Worker {
  /** Resolves when what is in hand is finished and every lease given back. */
  stop(): Promise<void>;
}

export function startWorker(context: Context): Worker {
  const stopping = new AbortController();
  const stop = AbortSignal.any([stopping.signal, context.stopping.signal]);
  const name = `${process.pid}-${randomToken()}`;
  const { topics, close } = outboxTopics(context);
  const outbox = runOutbox(
    {
      ...context,
      topics,
      owner: name,
      tellPerson: (tx, message, error) => tellPerson(context, tx, message, error),
      settledByPerson: (ids) => settledFailures(context.database.read, ids),
    },
    stop,
  );
  const journalFolder = join(context.config.dataDir, 'issue-journal');
  const scans = runScans({ ...context, journalFolder, leaseMs: context.config.leaseMs }, name, stop);
  const jobs = startJobs(context, stop, name);
  return {
    async stop() {
      stopping.abort();
      // A backup of a large shop is not waited for: the next leader says that it was broken off.
      await Promise.all([outbox, scans, Promise.race([jobs, sleep(jobsEndWithinMs)])]);
      close();
    },
  };
}
