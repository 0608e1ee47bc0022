/** Runs the scans at their times. Each has a loop of its own, so one that takes long delays no other and never overlaps itself. */
import type { Locks } from '../platform/cache/locks.ts';
import { sleep } from '../platform/clock.ts';
import type { Tx } from '../platform/db/database.ts';
import { type LeaseDeps, type LeaseOptions, withLease } from '../platform/lease.ts';
import type { Metrics } from '../platform/observe/metrics.ts';
import type { Scan, ScanDeps, ScanReport } from './scans/scan.ts';
import { scans } from './scans/scans.ts';
import type { ScanNote } from './system/process-store.ts';

export type WorldOfScans = Omit<ScanDeps, 'signal' | 'confirm' | 'metrics'> & {
  metrics: Metrics;
  /** Spares the shop a scan that an old leader is still at while a new one begins. */
  locks?: Pick<Locks, 'unlessHeld'>;
  /** A worker that dies is replaced after about this long. */
  leaseMs?: number;
  /** Where the last run of each scan is noted. */
  scanNotes?: Map<string, ScanNote>;
};
type LoopDeps = ScanDeps & Pick<WorldOfScans, 'metrics' | 'locks' | 'scanNotes'>;

const leaseLifetimeMs = 10_000;
const leftAgainMs = 1000;

/** Until `stop` aborts; returns when every scan has ended. */
export async function runScans(world: WorldOfScans, holder: string, stop: AbortSignal): Promise<void> {
  const options: LeaseOptions = { name: 'scans', holder, lifetimeMs: world.leaseMs ?? leaseLifetimeMs };
  const leaseDeps: LeaseDeps = {
    ...world,
    onTrouble: (error) => world.log.warn({ err: error }, 'the lease of the scans could not be kept'),
  };
  const here = { ...world, signal: stop, confirm: async () => {} };
  await Promise.all([
    loops(here, 'every-worker'),
    withLease(leaseDeps, options, stop, async (lease) => {
      world.log.info({ fencing: lease.fencing }, 'this worker runs the scans of the shop');
      await loops({ ...world, signal: lease.signal, confirm: (tx: Tx) => lease.confirm(tx) }, 'leader');
    }),
  ]);
}

async function loops(deps: LoopDeps, runsOn: Scan['runsOn']): Promise<void> {
  await Promise.all(scans.filter((scan) => scan.runsOn === runsOn).map((scan) => loop(deps, scan)));
}

async function loop(deps: LoopDeps, scan: Scan): Promise<void> {
  const run = async () => {
    if (!deps.locks || scan.runsOn === 'every-worker') return measured(deps, scan);
    return deps.locks.unlessHeld(`scan ${scan.name}`, () => measured(deps, scan));
  };
  while (!deps.signal.aborted) {
    const report = await run().catch((error: unknown) => {
      deps.metrics.scanFailures.inc({ scan: scan.name });
      deps.log.error({ err: error, scan: scan.name }, 'a scan failed; it runs again at its next time');
      const message = error instanceof Error ? error.message : String(error);
      deps.scanNotes?.set(scan.name, { at: deps.clock.now(), durationMs: 0, found: 0, mended: 0, error: message });
      return 'failed';
    });
    // Left to another process, which may have died over it.
    await sleep(report === undefined ? Math.min(leftAgainMs, scan.everyMs) : scan.everyMs, deps.signal);
  }
}

async function measured(deps: LoopDeps, scan: Scan): Promise<ScanReport> {
  const from = deps.clock.monotonicMs();
  const report = await scan.run(deps);
  const durationMs = deps.clock.monotonicMs() - from;
  deps.metrics.scanSeconds.observe({ scan: scan.name }, durationMs / 1000);
  const note = { at: deps.clock.now(), durationMs: Math.round(durationMs), error: null };
  deps.scanNotes?.set(scan.name, { ...note, found: report.found, mended: report.mended });
  if (report.found > 0) {
    deps.metrics.scanFindings.inc({ scan: scan.name }, report.found);
    deps.log.debug({ scan: scan.name, ...report }, 'a scan found something');
  }
  return report;
}

/** One scan, now, whoever leads: for the command line and for tests. Scans are safe to run twice at once. */
export async function runScan(world: WorldOfScans, name: string): Promise<ScanReport> {
  const scan = scans.find((one) => one.name === name);
  if (!scan) throw new Error(`no scan is called ${name}; there are ${scans.map((one) => one.name).join(', ')}`);
  return measured({ ...world, signal: new AbortController().signal, confirm: async () => {} }, scan);
}
