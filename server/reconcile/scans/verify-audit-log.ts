import { recordEvents } from '../../platform/event-store.ts';
import { verifyAndRemember } from '../audit-log/chain-state.ts';
import type { Scan } from './scan.ts';

export const verifyAuditLogScan: Scan = {
  name: 'verify-audit-log',
  says: 'Walks the chain of the audit log: the new part each hour, all of it once a day.',
  everyMs: 3_600_000,
  runsOn: 'leader',
  async run(deps) {
    const { ok, found, sample, seq } = await verifyAndRemember(deps);
    if (!ok) {
      deps.log.error({ event: 'audit-log.broken', found, sample }, 'the audit log was changed afterwards');
      const event = { event: 'audit.failed', about: `audit-log:${seq}`, detail: { kind: 'audit_log' } } as const;
      await deps.database.transact('audit-log.alarm', (tx) => recordEvents(tx, [event], deps.clock.now()));
    }
    return { found, mended: 0 };
  },
};
