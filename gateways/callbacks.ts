/** Sends a network's messages to the shop, and again on its schedule until the shop has said yes; with all the mischief. */
import type { Books, GatewayTrade } from './books.ts';
import type { GatewayDefinition, GatewayWire, OutgoingMessage, TradeEvent } from './gateway.ts';
import type { Mischief } from './mischief.ts';

export interface CallbackTry {
  event: TradeEvent['kind'] | 'forged';
  outTradeNo: string;
  status: number;
  body: string;
  acknowledged: boolean;
}
export type CallbackLog = CallbackTry[];

interface Options {
  definition: GatewayDefinition;
  mischief: Mischief;
  speedUp: number;
  slowMs: number;
  books: Books;
  wire(): GatewayWire;
}

const answerWithinMs = 5000;

export function createCallbacks(options: Options) {
  const { definition, mischief, speedUp, slowMs, wire } = options;
  const log: CallbackLog = [];
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  /** Held back until the next one has gone out. */
  let held: (() => void) | undefined;
  let stopped = false;

  function run(work: () => Promise<void>): void {
    const promise = work().finally(() => running.delete(promise));
    running.add(promise);
  }
  function later(ms: number, work: () => Promise<void>): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run(work);
    }, ms / speedUp);
    timers.add(timer);
  }

  async function post(event: CallbackTry['event'], trade: GatewayTrade, message: OutgoingMessage): Promise<boolean> {
    if (stopped) return true;
    const entry = { event, outTradeNo: trade.outTradeNo, status: 0, body: '', acknowledged: false };
    try {
      const { method, url, headers, body } = message;
      const payload = typeof body === 'string' ? body : body && new Uint8Array(body);
      const signal = AbortSignal.timeout(answerWithinMs);
      const reply = await fetch(url, { method, headers, body: payload, signal, redirect: 'manual' });
      entry.status = reply.status;
      entry.body = await reply.text();
      entry.acknowledged = wire().acknowledged(entry);
    } catch (error) {
      entry.body = String((error as Error).message);
    }
    log.push(entry);
    return entry.acknowledged;
  }

  /** A message is made anew at each try: some networks put the time of sending under the signature. */
  async function attempt(event: TradeEvent, tries: number): Promise<void> {
    if (mischief.strikes('rotated')) await wire().rotate?.();
    const message = await wire().message(event);
    if (!message) return;
    if (await post(event.kind, event.trade, message)) return;
    const delay = definition.retryDelaysMs[tries];
    if (delay !== undefined && !stopped) later(delay, () => attempt(event, tries + 1));
  }

  async function forge(trade: GatewayTrade): Promise<void> {
    const forged = await wire().forge('amount-changed', trade, {
      ...trade,
      outTradeNo: `${trade.outTradeNo.slice(0, -2)}99`,
    });
    if (typeof forged !== 'string') await post('forged', trade, forged);
  }

  function announce(event: TradeEvent): void {
    if (event.kind === 'paid' && mischief.strikes('forged')) run(() => forge(event.trade));
    if (mischief.strikes('lost')) return;
    if (mischief.strikes('late')) {
      later(slowMs, () => attempt(event, 0));
      return;
    }
    if (mischief.strikes('reordered') && !held) {
      held = () => run(() => attempt(event, 0));
      // Whatever comes or does not come next, it goes out in the end.
      later(slowMs, async () => release());
      return;
    }
    if (mischief.strikes('doubled')) {
      run(() => attempt(event, 0));
      later(1000, () => attempt(event, 0));
    }
    run(() => attempt(event, 0));
    release();
  }
  function release(): void {
    const next = held;
    held = undefined;
    next?.();
  }

  return {
    log,
    announce,
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
    stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
