/** How a simulator misbehaves: a number of times, or now and then at a rate. What fires is counted, so a test can see it did. */
export const mischiefNames = [
  // callbacks
  'lost', // never sent
  'late', // sent long after its time
  'doubled', // sent twice at once, and once more
  'reordered', // sent after the one that comes next
  'forged', // a forger's message comes first
  // the payer
  'wrong-amount', // the payer pays a cent less
  'paid-after-close', // a closed trade is paid all the same
  // answers of the API
  'slow',
  'error-5xx', // before anything is done
  'time-out', // nothing done, nothing said
  'answer-lost', // done, and nothing said
  'wrong-signature', // the answer is not signed by the network
  'query-disagrees', // a paid trade is said to be unpaid
  'rotated', // keys or certificates change before the next message
] as const;
export type MischiefName = (typeof mischiefNames)[number];

export class Mischief {
  readonly #random: () => number;
  readonly #times = new Map<MischiefName, number>();
  readonly #rates = new Map<MischiefName, number>();
  readonly fired = new Map<MischiefName, number>();

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The next so many occasions. */
  next(name: MischiefName, times = 1): void {
    this.#times.set(name, (this.#times.get(name) ?? 0) + times);
  }

  /** From 0 to 1, of all occasions. */
  rate(name: MischiefName, rate: number): void {
    this.#rates.set(name, rate);
  }

  /** No more of anything. */
  behave(): void {
    this.#times.clear();
    this.#rates.clear();
  }

  /** Asked at each occasion. */
  strikes(name: MischiefName): boolean {
    const left = this.#times.get(name) ?? 0;
    const rate = this.#rates.get(name) ?? 0;
    if (left > 0) this.#times.set(name, left - 1);
    else if (rate === 0 || this.#random() >= rate) return false;
    this.fired.set(name, (this.fired.get(name) ?? 0) + 1);
    return true;
  }
}
