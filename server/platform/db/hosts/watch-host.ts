/** Looks at one host again and again, on a connection of its own, and says what it found or that it found nothing. */
import { sleep } from '../../clock.ts';
import type { Endpoint } from './endpoints.ts';
import { type HostReport, judgeHost } from './host-report.ts';
import { type HostSession, openSession } from './host-session.ts';
import { createLook, type HostLook } from './probe-host.ts';

export interface WatchPace {
  everyMs: number;
  /** After a miss, until it is clear whether the host is down. */
  doubtfulEveryMs: number;
  downEveryMs: number;
  /** How long an answer may take: the first time, and after a miss. */
  answerWithinMs: number;
  doubtfulAnswerWithinMs: number;
}

/** A frozen or cut-off host is down after 1.8 s, a killed one after 0.1 s. */
export const watchfulPace: WatchPace = {
  everyMs: 300,
  doubtfulEveryMs: 100,
  downEveryMs: 300,
  answerWithinMs: 1000,
  doubtfulAnswerWithinMs: 500,
};
/** With one host there is nothing to go to: only calls that would wait for it in vain are to be freed. */
export const patientPace: WatchPace = {
  everyMs: 1000,
  doubtfulEveryMs: 100,
  downEveryMs: 100,
  answerWithinMs: 3000,
  doubtfulAnswerWithinMs: 2000,
};

const missesUntilDown = 2;

export interface HostWatch {
  /** Look again now. */
  hurry(): void;
  close(): void;
}

export function watchHost(
  endpoint: Endpoint,
  pace: WatchPace,
  events: { heard(report: HostReport): void; down(error: Error): void },
): HostWatch {
  let stopped = false;
  let misses = 0;
  let watched: ({ session: HostSession } & HostLook) | undefined;
  let wake = new AbortController();
  const answerWithinMs = () => (misses === 0 ? pace.answerWithinMs : pace.doubtfulAnswerWithinMs);

  async function open() {
    const opened = await openSession(endpoint, { connectWithinMs: answerWithinMs(), answerWithinMs });
    if (stopped) opened.close();
    const look = { session: opened, ...createLook(opened) };
    // A killed server resets its connections: no need to wait for the next turn to notice.
    void opened.ended.then(() => watched === look && wake.abort());
    return look;
  }

  async function turn(): Promise<void> {
    try {
      if (!watched?.session.usable) watched = await open();
      const facts = await watched.look();
      misses = 0;
      if (!stopped) events.heard(judgeHost(facts));
    } catch (error) {
      const broken = watched;
      watched = undefined;
      broken?.session.close();
      misses++;
      if (misses >= missesUntilDown && !stopped) events.down(error as Error);
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      wake = new AbortController();
      await turn();
      const pause = misses === 0 ? pace.everyMs : misses < missesUntilDown ? pace.doubtfulEveryMs : pace.downEveryMs;
      if (!stopped) await sleep(pause, wake.signal);
    }
  }

  void run();
  return {
    hurry: () => wake.abort(),
    close() {
      stopped = true;
      watched?.session.close();
      wake.abort();
    },
  };
}
