/** Moves the claim to another host, one move at a time, and not to and fro: one process that alone cannot reach a host must not drag all others along. */
import type { Clock } from '../../clock.ts';
import type { Endpoint } from './endpoints.ts';
import type { WriterClaim } from './host-report.ts';
import { type HostSession, openSession } from './host-session.ts';
import { claimWriter } from './writer-claim.ts';

const connectWithinMs = 1000;
const claimWithinMs = 5000;
const firstPauseMs = 500;
const maxPauseMs = 30_000;
const forgottenAfterMs = 60_000;

export interface ClaimMover {
  /** @returns the claim that stands on that host now; undefined when one is being moved already, or was just now */
  move(endpoint: Endpoint, over: WriterClaim | undefined): Promise<{ stands: WriterClaim | undefined } | undefined>;
  /** Gives up on a host that has just died. */
  giveUp(host?: string): void;
}

export function createClaimMover(clock: Clock): ClaimMover {
  let moving: { host: string; session: HostSession | undefined } | undefined;
  let moves = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    async move(endpoint, over) {
      const nowMs = clock.monotonicMs();
      if (nowMs - lastMs > forgottenAfterMs) moves = 0;
      const pauseMs = moves === 0 ? 0 : Math.min(maxPauseMs, firstPauseMs * 2 ** moves);
      if (moving || nowMs - lastMs < pauseMs) return undefined;
      const mine = { host: endpoint.name, session: undefined as HostSession | undefined };
      moving = mine;
      try {
        mine.session = await openSession(endpoint, { connectWithinMs, answerWithinMs: () => claimWithinMs });
        const stands = await claimWriter(mine.session, endpoint.name, over);
        if (stands?.holder === endpoint.name && over) {
          moves++;
          lastMs = nowMs;
        }
        return { stands };
      } finally {
        mine.session?.close();
        moving = undefined;
      }
    },
    giveUp(host) {
      if (host === undefined || moving?.host === host) moving?.session?.close(`${host ?? 'the shop'} is down`);
    },
  };
}
