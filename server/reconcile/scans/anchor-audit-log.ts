import { readChainHead } from '../../platform/audit-chain-store.ts';
import { recordEvents } from '../../platform/event-store.ts';
import { lastAnchor, writeAnchor } from '../audit-log/anchors.ts';
import { anchorFaults } from '../audit-log/verify-audit-log.ts';
import type { Scan } from './scan.ts';

export const anchorAuditLogScan: Scan = {
  name: 'anchor-audit-log',
  says: 'Writes down outside the database how far the audit log goes, once what was written down before is still there.',
  everyMs: 30_000,
  runsOn: 'every-worker',
  async run({ database, journalFolder, clock, log }) {
    const anchor = await lastAnchor(journalFolder);
    const [fault] = await anchorFaults(database.read, anchor);
    if (fault) {
      log.error({ event: 'audit-log.broken', sample: [fault] }, 'the audit log was shortened or rewritten');
      const event = {
        event: 'audit.failed',
        about: `audit-log:${anchor?.seq}`,
        detail: { kind: 'audit_log' },
      } as const;
      await database.transact('audit-log.alarm', (tx) => recordEvents(tx, [event], clock.now()));
      return { found: 1, mended: 0 };
    }
    const head = await readChainHead(database.read);
    if (head.seq > (anchor?.seq ?? 0)) {
      await writeAnchor(journalFolder, { ...head, at: clock.now(), why: 'grown' });
      // The log of the process is a second place, often on another machine.
      log.info({ event: 'audit-log.anchored', ...head }, 'the audit log goes up to here');
    }
    return { found: 0, mended: 0 };
  },
};
