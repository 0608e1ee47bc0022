/**
 * How a channel is doing, as this process sees it: its answers of the last minute. When most of them fail, or are so slow
 * that a payer would leave, it is blocked for everybody (the block is in the database); probes open it again.
 *
 * Callbacks that are not genuine do not count: anybody can send those, and nobody may block a channel by sending them.
 */
import type { Clock } from '../platform/clock.ts';
import type { Channel, CloseResult, CreateResult, QueryResult, RefundResult } from './channel.ts';
import { ChannelHttpError } from './channel-http.ts';

export interface HealthEvents {
  answered(channel: string, operation: string, outcome: 'ok' | 'failed' | 'slow', seconds: number): void;
  /** Said once for each time it falls ill. */
  ill(channel: string, reason: string): void;
}

const windowMs = 60_000;
/** Fewer answers than this say nothing. */
const minAnswers = 5;
const badShare = 0.5;
/** A payer does not wait longer. */
const slowMs = 5000;

interface Answer {
  at: number;
  bad: boolean;
}

export function createHealthWatch(clock: Clock, events: HealthEvents) {
  const answers = new Map<string, Answer[]>();
  function note(channel: string, bad: boolean): void {
    const now = clock.monotonicMs();
    const recent = [...(answers.get(channel) ?? []).filter(({ at }) => now - at < windowMs), { at: now, bad }].slice(
      -200,
    );
    answers.set(channel, recent);
    const failures = recent.filter((answer) => answer.bad).length;
    if (!bad || recent.length < minAnswers || failures < recent.length * badShare) return;
    answers.delete(channel);
    events.ill(channel, `${failures} of the last ${recent.length} answers failed or took over ${slowMs / 1000} s`);
  }
  return async function watched<T extends { kind: string }>(
    channel: string,
    operation: string,
    call: () => Promise<T>,
  ): Promise<T> {
    const from = clock.monotonicMs();
    const end = (failed: boolean) => {
      const tookMs = clock.monotonicMs() - from;
      const outcome = failed ? 'failed' : tookMs > slowMs ? 'slow' : 'ok';
      events.answered(channel, operation, outcome, tookMs / 1000);
      note(channel, outcome !== 'ok');
    };
    try {
      const result = await call();
      end(result.kind === 'unknown' || result.kind === 'unavailable');
      return result;
    } catch (error) {
      end(true);
      // A network that is not there is an answer of its own kind for every operation; anything else is a bug of ours.
      if (error instanceof ChannelHttpError) return { kind: 'unknown', reason: error.message } as unknown as T;
      throw error;
    }
  };
}

export type Watch = ReturnType<typeof createHealthWatch>;

/** The same channel, every call of which is counted. */
export function watchChannel(channel: Channel, watch: Watch): Channel {
  const { code } = channel;
  const bill = channel.bill;
  const queryRefund = channel.queryRefund?.bind(channel);
  return {
    ...channel,
    async create(attempt): Promise<CreateResult> {
      const result = await watch<CreateResult | { kind: 'unknown'; reason: string }>(code, 'create', () =>
        channel.create(attempt),
      );
      return result.kind === 'unknown' ? { kind: 'unavailable', reason: result.reason } : result;
    },
    query: (attempt): Promise<QueryResult> => watch(code, 'query', () => channel.query(attempt)),
    close: (attempt): Promise<CloseResult> => watch(code, 'close', () => channel.close(attempt)),
    refund: (order): Promise<RefundResult> => watch(code, 'refund', () => channel.refund(order)),
    ...(queryRefund ? { queryRefund: (order) => watch(code, 'query-refund', () => queryRefund(order)) } : {}),
    ...(bill ? { bill: { ...bill, fetch: (date) => watch(code, 'bill', () => bill.fetch(date)) } } : {}),
  };
}
