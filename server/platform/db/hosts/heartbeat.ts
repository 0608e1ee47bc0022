/**
 * Sees to it that the number rises by which lag is measured. Every process that needs it watches; whoever sees it stand
 * still raises it, from what it saw, so many processes write no more often than one.
 */
import type { Clock } from '../../clock.ts';
import type { Endpoint } from './endpoints.ts';
import type { HostReport } from './host-report.ts';
import { type HostSession, openSession } from './host-session.ts';
import { beatEveryMs, type LagMeter } from './lag-meter.ts';
import { beatOnce } from './writer-claim.ts';

const connectWithinMs = 1000;
const beatWithinMs = 3000;

export interface Heartbeat {
  /** The writer was looked at. */
  saw(endpoint: Endpoint, report: HostReport): void;
  close(): void;
}

export function createHeartbeat(lag: LagMeter, clock: Clock): Heartbeat {
  let beating: { name: string; session: Promise<HostSession>; busy: boolean } | undefined;

  function end(one: typeof beating): void {
    one?.session.then((session) => session.close()).catch(() => undefined);
    if (beating === one) beating = undefined;
  }

  /** On a connection of its own: a commit that waits for replicas must not make the host look dead. */
  function begin(endpoint: Endpoint) {
    end(beating);
    const session = openSession(endpoint, { connectWithinMs, answerWithinMs: () => beatWithinMs });
    return { name: endpoint.name, session, busy: false };
  }

  return {
    saw(endpoint, report) {
      lag.sawAtWriter(report.beat);
      if (!report.remembers || report.writable === 'no') return;
      const last = lag.lastChange();
      if (last && clock.monotonicMs() - last.atMs < beatEveryMs) return;
      if (beating?.name !== endpoint.name) beating = begin(endpoint);
      const mine = beating;
      if (mine.busy) return;
      mine.busy = true;
      mine.session
        .then((session) => beatOnce(session, report.beat))
        .catch(() => end(mine))
        .finally(() => {
          mine.busy = false;
        });
    },
    close: () => end(beating),
  };
}
