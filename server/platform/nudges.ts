/**
 * "Order X changed", "catalogue changed": hints between parts of the program so that nobody has to wait for the next poll.
 * A lost nudge costs a second, never an order; nothing may depend on one.
 *
 * Listeners of this process hear at once. Those of other processes hear over a bus, where there is one, a moment later: what
 * gathers meanwhile goes as one message, and a flood is cut off, since the polls find the rest.
 */
import { randomUUID } from 'node:crypto';
import { sleep } from './clock.ts';

/** Each with what its subject is. */
const topics = {
  order: 'order id',
  catalogue: "'all' or a SKU id",
  outbox: 'topic',
  channels: 'channel code',
} as const;
export type NudgeTopic = keyof typeof topics;

/** Where a nudge came from. */
export type NudgeOrigin = 'here' | 'elsewhere';

/** Other processes hear of it after the promise that a listener of this process returns. */
export type NudgeListener = (subject: string, origin: NudgeOrigin) => void | Promise<void>;

export interface Nudges {
  send(topic: NudgeTopic, subject: string): void;
  /** @returns a function that ends the subscription */
  listen(topic: NudgeTopic, listener: NudgeListener): () => void;
}

/** Carries messages between processes; may lose any of them. */
export interface NudgeBus {
  available(): boolean;
  publish(channel: string, message: string): Promise<boolean>;
  listen(channel: string, listener: (message: string) => void): void;
}

const channel = 'nudges';
const gatherMs = 10;
/** In one message, of each topic. */
const maxSubjects = 500;

type Gathered = Partial<Record<NudgeTopic, string[]>>;

export function createNudges(bus?: NudgeBus): Nudges {
  const listeners = new Map<NudgeTopic, Set<NudgeListener>>();
  const forOthers = bus && gather(bus);

  function tell(topic: NudgeTopic, subject: string, origin: NudgeOrigin): Promise<void>[] {
    return [...(listeners.get(topic) ?? [])].flatMap((listener) => listener(subject, origin) ?? []);
  }

  forOthers?.hear((gathered) => {
    for (const [topic, subjects] of Object.entries(gathered)) {
      for (const subject of subjects) tell(topic as NudgeTopic, subject, 'elsewhere');
    }
  });

  return {
    send(topic, subject) {
      const done = tell(topic, subject, 'here');
      forOthers?.add(topic, subject, done);
    },
    listen(topic, listener) {
      let set = listeners.get(topic);
      if (!set) {
        set = new Set();
        listeners.set(topic, set);
      }
      set.add(listener);
      return () => set.delete(listener);
    },
  };
}

function gather(bus: NudgeBus) {
  const self = randomUUID();
  const subjects = new Map<NudgeTopic, Set<string>>();
  let before: Promise<void>[] = [];
  let sending = false;

  async function send(): Promise<void> {
    sending = true;
    await sleep(gatherMs);
    const gathered: Gathered = Object.fromEntries([...subjects].map(([topic, set]) => [topic, [...set]]));
    const first = before;
    subjects.clear();
    before = [];
    sending = false;
    await Promise.allSettled(first);
    await bus.publish(channel, JSON.stringify({ from: self, ...gathered }));
  }

  return {
    add(topic: NudgeTopic, subject: string, done: Promise<void>[]): void {
      if (!bus.available()) return;
      const set = subjects.get(topic) ?? new Set();
      subjects.set(topic, set);
      if (set.size < maxSubjects) set.add(subject);
      before.push(...done);
      if (!sending) void send();
    },
    hear(listener: (gathered: Gathered) => void): void {
      bus.listen(channel, (message) => {
        const { from, ...gathered } = readMessage(message);
        if (from !== self) listener(gathered);
      });
    },
  };
}

/** What is no list of ours is left out: a process of another version may send it. */
function readMessage(message: string): Gathered & { from?: string } {
  const isList = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string');
  try {
    const { from, ...rest } = JSON.parse(message) as Record<string, unknown>;
    const known = Object.entries(rest).filter(([topic, subjects]) => topic in topics && isList(subjects));
    return { from: String(from), ...Object.fromEntries(known) };
  } catch {
    return {};
  }
}
