/**
 * How long an unpaid order may hold cards, and how many unpaid orders one buyer may hold. Long for people we know, short
 * for strangers in a rush: neither may a bot lock the shop, nor a slow payer lose the card. Late money is honoured anyway.
 */
export interface ReservationFacts {
  /** This contact has bought and received something before. */
  trusted: boolean;
  /** Unpaid orders already open from the same address. */
  openFromAddress: number;
  /** Orders for the most wanted SKU of this order in the last minute, in this process. */
  ordersLastMinute: number;
}

export interface Reservation {
  riskScore: number;
  holdMs: number;
}

const minuteMs = 60_000;
/** Past this many orders a minute a SKU is in a rush. */
export const rushPerMinute = 60;

export function reservationFor(facts: ReservationFacts): Reservation {
  const rush = facts.ordersLastMinute >= rushPerMinute;
  const riskScore = Math.min(100, (facts.trusted ? 0 : 30) + Math.min(40, facts.openFromAddress * 8) + (rush ? 30 : 0));
  if (facts.trusted) return { riskScore, holdMs: 15 * minuteMs };
  if (!rush) return { riskScore, holdMs: (riskScore >= 60 ? 5 : 10) * minuteMs };
  return { riskScore, holdMs: (riskScore >= 80 ? 2 : 5) * minuteMs };
}

export interface OpenOrders {
  contact: number;
  address: number;
  device: number;
}

/** Unpaid orders that may be open at once. An address may be a whole school behind one router, so it gets more. */
export const maxOpenOrders: OpenOrders = { contact: 5, address: 30, device: 5 };

export function tooManyOpenOrders(open: OpenOrders): keyof OpenOrders | undefined {
  if (open.contact >= maxOpenOrders.contact) return 'contact';
  if (open.device >= maxOpenOrders.device) return 'device';
  if (open.address >= maxOpenOrders.address) return 'address';
  return undefined;
}

/** Counts orders per SKU over the last minute, in this process. One number for each SKU sold lately. */
export function createDemandMeter(now: () => number): {
  record(skuId: number): void;
  lastMinute(skuId: number): number;
} {
  const windows = new Map<number, { startedAt: number; count: number; before: number }>();
  const current = (skuId: number) => {
    const at = now();
    let window = windows.get(skuId);
    if (!window || at - window.startedAt >= 2 * minuteMs) window = { startedAt: at, count: 0, before: 0 };
    else if (at - window.startedAt >= minuteMs) {
      window = { startedAt: window.startedAt + minuteMs, count: 0, before: window.count };
    }
    windows.set(skuId, window);
    return window;
  };
  return {
    record(skuId) {
      current(skuId).count++;
    },
    lastMinute(skuId) {
      const window = current(skuId);
      const share = 1 - (now() - window.startedAt) / minuteMs; // what of the window before still lies in the last minute
      return window.count + Math.round(window.before * Math.max(0, share));
    },
  };
}
