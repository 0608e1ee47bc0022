/**
 * "Order X changed", "catalogue changed": hints between parts of the program so that nobody has to wait for the next poll.
 * A lost nudge costs a second, never an order; nothing may depend on one.
 */
export interface NudgeTopics {
  order: string; // order id
  catalogue: string; // 'all' or a SKU id
  outbox: string; // topic
}
export type NudgeTopic = keyof NudgeTopics;

export interface Nudges {
  send(topic: NudgeTopic, subject: string): void;
  /** @returns a function that ends the subscription */
  listen(topic: NudgeTopic, listener: (subject: string) => void): () => void;
}

export function createNudges(): Nudges {
  const listeners = new Map<NudgeTopic, Set<(subject: string) => void>>();
  return {
    send(topic, subject) {
      for (const listener of listeners.get(topic) ?? []) listener(subject);
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
