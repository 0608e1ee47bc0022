import { takeMissed } from '../../payment/take-missed.ts';
import type { Scan, ScanReport } from './scan.ts';

/** Networks try for about three days; what is older, the bill of its day has shown. */
const lookBackMs = 3 * 86_400_000;

export const missedMessagesScan: Scan = {
  name: 'missed-messages',
  says: 'Asks networks that keep such a list for messages they could not deliver, and takes them in.',
  everyMs: 10 * 60_000,
  runsOn: 'leader',
  async run(deps) {
    const report: ScanReport = { found: 0, mended: 0 };
    for (const channel of deps.channels.enabled()) {
      const missed = await channel.missed?.(deps.clock.now() - lookBackMs);
      if (missed?.kind === 'unknown') {
        deps.log.warn(
          { channel: channel.code, reason: missed.reason },
          'a channel did not list what it could not deliver',
        );
      }
      for (const verdict of missed?.kind === 'missed' ? missed.verdicts : []) {
        if (deps.signal.aborted) return report;
        report.found += 1;
        if (await takeMissed(deps, channel.code, verdict)) report.mended += 1;
      }
    }
    return report;
  },
};
