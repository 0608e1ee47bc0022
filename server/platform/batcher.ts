/**
 * Group commit: collects concurrent calls of one operation and runs them as one transaction.
 *
 * A batch starts as soon as the previous one has finished, with whatever has gathered meanwhile (at most `maxSize`),
 * so a quiet shop waits for nothing and a busy one shares each fsync among many. Measured on 2 cores: README.
 * Where the database commits side by side, a second batch starts beside the first once enough calls wait for it: one
 * computes while the other waits for the disk.
 * A batch that fails for reasons of its data is split in half and run again until the culprit stands alone;
 * the operation itself reports expected outcomes (sold out, wrong state) as values and never fails its neighbours.
 */
export interface BatcherOptions<In, Out> {
  name: string;
  /** Runs one transaction over the inputs and returns one result for each, in order. */
  run(inputs: readonly In[]): Promise<readonly Out[]>;
  /** True if the failure may lie with one member: then halves are tried. False: everyone gets the error. */
  mayBeOneMember(error: unknown): boolean;
  maxSize: number;
  /** Calls that may wait. Past it a call is refused at once with `QueueFull`, which costs the shop less than a time-out. */
  maxQueue: number;
  /** Batches of this operation at the same time. Each after the first needs a quarter of `maxSize` calls that wait. Default 1. */
  sideBySide?: number;
  /** Shared by batchers that write to the same database. */
  turnstile?: Turnstile;
}

/**
 * A turn at something that serves a few batches at a time. A batch is made up when its turn has come, not before: what
 * arrives while it waits still joins it.
 */
export interface Turnstile {
  enter(): Promise<void>;
  leave(): void;
}

export function createTurnstile(places: number): Turnstile {
  let free = places;
  const waiting: (() => void)[] = [];
  return {
    enter() {
      if (free > 0) {
        free--;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    leave() {
      const next = waiting.shift();
      if (next) next();
      else free++;
    },
  };
}

export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

interface Waiting<In, Out> {
  input: In;
  resolve(result: Out): void;
  reject(error: unknown): void;
}

export interface Batcher<In, Out> {
  submit(input: In): Promise<Out>;
  /** Resolves when nothing waits and nothing runs. */
  drained(): Promise<void>;
  stats(): { queued: number; batches: number; members: number };
}

export function createBatcher<In, Out>(options: BatcherOptions<In, Out>): Batcher<In, Out> {
  let queue: Waiting<In, Out>[] = [];
  const { sideBySide = 1, maxSize, turnstile } = options;
  const enoughForAnother = Math.max(1, maxSize >> 2);
  let running = 0;
  let batches = 0;
  let members = 0;
  const idle: (() => void)[] = [];

  async function runBatch(batch: Waiting<In, Out>[]): Promise<void> {
    batches++;
    members += batch.length;
    try {
      const results = await options.run(batch.map((one) => one.input));
      if (results.length !== batch.length)
        throw new Error(`${options.name}: ${results.length} results for ${batch.length}`);
      batch.forEach((one, i) => {
        one.resolve(results[i] as Out);
      });
    } catch (error) {
      if (batch.length === 1 || !options.mayBeOneMember(error)) {
        for (const one of batch) one.reject(error);
        return;
      }
      const middle = batch.length >> 1;
      await runBatch(batch.slice(0, middle));
      await runBatch(batch.slice(middle));
    }
  }

  async function drain(): Promise<void> {
    running++;
    // Let the event loop hand over everything it has already read from the sockets: it joins this batch.
    await new Promise(setImmediate);
    while (queue.length >= (running > 1 ? enoughForAnother : 1)) {
      await turnstile?.enter();
      const batch = queue.slice(0, maxSize);
      queue = queue.slice(maxSize);
      try {
        // The batch beside this one may have taken all while this one waited for its turn.
        if (batch.length > 0) await runBatch(batch);
      } finally {
        turnstile?.leave();
      }
    }
    running--;
    if (running === 0) for (const wake of idle.splice(0)) wake();
  }

  return {
    submit(input) {
      if (queue.length >= options.maxQueue) return Promise.reject(new QueueFull(`${options.name}: queue is full`));
      return new Promise<Out>((resolve, reject) => {
        queue.push({ input, resolve, reject });
        if (running === 0 || (running < sideBySide && queue.length >= enoughForAnother)) void drain();
      });
    },
    drained() {
      return running > 0 ? new Promise((resolve) => idle.push(resolve)) : Promise.resolve();
    },
    stats: () => ({ queued: queue.length, batches, members }),
  };
}
