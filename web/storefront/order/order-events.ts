/** Server-sent events of one order, read from a fetch body. */
import type { OrderView } from '../../../contract/shop.ts';
import { readProblem } from '../../ui/request-json.ts';
import { openOrderEvents } from '../api.ts';

/** Heartbeats come every 15 s; a connection silent for longer is dead even if the system does not say so. */
const silenceMs = 40_000;
/** The state of the order is sent at once. If it is not here by then, something in between holds the stream back. */
const firstEventMs = 4_000;

/** Resolves when the stream ends; rejects when it cannot be opened, breaks or falls silent. */
export async function readOrderEvents(
  id: string,
  token: string,
  signal: AbortSignal,
  onOrder: (order: OrderView) => void,
): Promise<void> {
  const dead = new AbortController();
  let watchdog = setTimeout(() => dead.abort(), firstEventMs);
  try {
    const response = await openOrderEvents(id, token, AbortSignal.any([signal, dead.signal]));
    if (!response.ok || !response.body) throw await readProblem(response);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(watchdog);
      watchdog = setTimeout(() => dead.abort(), silenceMs);
      const events = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const order = parseOrderEvent(event);
        if (order) onOrder(order);
      }
    }
  } finally {
    clearTimeout(watchdog);
  }
}

export function parseOrderEvent(event: string): OrderView | undefined {
  let name = 'message';
  const data: string[] = [];
  for (const line of event.split('\n')) {
    if (line.startsWith('event:')) name = line.slice(6).trim();
    else if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
  }
  return name === 'order' && data.length > 0 ? (JSON.parse(data.join('\n')) as OrderView) : undefined;
}
