/** What the database layer tells of itself, as metrics and as log lines that an operator can act on. */
import type { DatabaseEvents } from '../db/database.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

export function databaseEvents({ log, metrics }: { log: Log; metrics: Metrics }): DatabaseEvents {
  return {
    onRetry(operation, errorClass, error) {
      metrics.databaseRetries.inc({ operation, class: errorClass });
      log.debug({ operation, errorClass, err: error }, 'the database is asked again');
    },
    onWriter({ host, epoch, before, awayMs }) {
      if (before) metrics.databaseWriterSwitches.inc();
      if (before === host) log.warn({ host, awayMs }, 'the database is back');
      else if (before) log.warn({ host, epoch, before, awayMs }, 'another database host is written now');
      else log.info({ host, epoch }, 'database host to write');
    },
    onWriterLost: (host, why) => log.warn({ host, why }, 'the database writer is lost; calls wait for the next one'),
    onHost(host, up, says) {
      metrics.databaseHostUp.set({ host }, up ? 1 : 0);
      if (!up) metrics.databaseLagSeconds.remove({ host });
      log[up ? 'info' : 'warn']({ host, says }, up ? 'database host answers' : 'database host does not answer');
    },
    onLag: (host, lagMs) => metrics.databaseLagSeconds.set({ host }, lagMs / 1000),
    onLaggingRead: (host) => metrics.databaseLaggingReads.inc({ host }),
    onOutdated(host, itsEpoch, newestEpoch) {
      metrics.databaseOutdatedWriters.inc({ host });
      log.error(
        { host, itsEpoch, newestEpoch },
        'this database host takes writes although another has been written since: set it read-only now, ' +
          'then make it a replica again (cardwell database rejoin); it is not written by us',
      );
    },
    onTrouble: (says, error) => log.warn({ err: error }, says),
  };
}
