import type { OrderView } from '../../../contract/shop.ts';
import { ApiProblem } from '../../ui/request-json.ts';
import { getOrder } from '../api.ts';
import { readOrderEvents } from './order-events.ts';

const firstPauseMs = 2_000;
const longestPauseMs = 15_000;
/** Where streams do not get through, most rounds only ask; a stream is tried again every so often. */
const roundsPerStreamTry = 5;

/** Nothing is expected to happen to these by itself. `expired` and `cancelled` may still see late money. */
const isSettled = (order: OrderView) => order.status === 'delivered' || order.status === 'refunded';

/** Tells of every change of an order until it is settled or the returned function is called: stream first, else polling. */
export function followOrder(id: string, token: string, onOrder: (order: OrderView) => void): () => void {
  const stop = new AbortController();
  void follow(id, token, stop, onOrder);
  return () => stop.abort();
}

async function follow(id: string, token: string, stop: AbortController, onOrder: (order: OrderView) => void) {
  const { signal } = stop;
  let pauseMs = firstPauseMs;
  const take = (order: OrderView) => {
    if (signal.aborted) return;
    onOrder(order);
    if (isSettled(order)) stop.abort();
  };
  for (let round = 0; !signal.aborted; round++) {
    let streamed = false;
    if (round % roundsPerStreamTry === 0) {
      await readOrderEvents(id, token, signal, (order) => {
        streamed = true;
        take(order);
      }).catch(() => undefined);
    }
    if (signal.aborted) return;
    try {
      take((await getOrder(id, token, signal)).order);
      pauseMs = firstPauseMs;
    } catch (problem) {
      if (problem instanceof ApiProblem && !problem.isPassing) return;
      pauseMs = Math.min(pauseMs * 1.5, longestPauseMs);
    }
    // A stream that worked and ended (a restart, a sleeping phone) is opened again soon, but not by everybody at once.
    if (streamed) round = -1;
    await pause(streamed ? 200 + Math.random() * 800 : pauseMs, signal);
  }
}

/** Ends early when the page comes back into view: a buyer returning from the wallet app must not wait. */
function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const onVisible = () => document.visibilityState === 'visible' && end();
    const timer = setTimeout(end, durationMs);
    document.addEventListener('visibilitychange', onVisible);
    signal.addEventListener('abort', end);
  });
}
