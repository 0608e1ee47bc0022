/**
 * A list of records that outlives a process: a second place for what is also on this machine's disk. Redis may lose its
 * newest entries in a failover, and all of them when it is wiped, so it is never the only place.
 *
 * Records are read in the order Redis took them. A record may be there twice when the answer to its first append was
 * lost: readers recognise it by what it says.
 */
import type { Redis } from './redis.ts';

export interface StreamRecord {
  /** Rises from record to record. */
  id: string;
  text: string;
}

export interface SharedStream {
  /**
   * Puts a record at the end and waits a moment for a replica to have it too.
   * @returns how many replicas had it by then (0 where there are none), or undefined: whether Redis has it is not known
   */
  append(text: string): Promise<{ id: string; replicas: number } | undefined>;
  /** @param after the id of the last record read before. @returns undefined when Redis does not answer */
  read(options?: { after?: string | undefined; limit?: number }): Promise<StreamRecord[] | undefined>;
  /** @returns false when Redis did not answer; removing what is not there is no failure */
  remove(ids: readonly string[]): Promise<boolean>;
  /** How many records there are. */
  length(): Promise<number | undefined>;
}

/** What a buyer waits at most for a replica of Redis. */
const replicaWithinMs = 50;
const defaultLimit = 100;
/** A whole page of records takes longer than one answer of the cache. */
const slowAnswerMs = 1000;

/** @param name one word; each name is a list of its own */
export function openStream(redis: Redis, name: string): SharedStream {
  const key = redis.key(`stream ${name}`, 'records');
  return {
    async append(text) {
      // One pipeline: WAIT speaks of what was written before it on the same connection.
      const done = await redis.ask(
        'stream',
        async (client) => {
          const replies = await client.pipeline().xadd(key, '*', 'text', text).wait(1, replicaWithinMs).exec();
          const [added, waited] = replies ?? [];
          if (!added || added[0]) throw added?.[0] ?? new Error('no reply');
          return { id: String(added[1]), replicas: waited?.[0] ? 0 : Number(waited?.[1]) };
        },
        slowAnswerMs,
      );
      return done;
    },
    read({ after, limit = defaultLimit } = {}) {
      return redis.ask(
        'stream',
        async (client) => {
          const found = await client.xrange(key, after === undefined ? '-' : `(${after}`, '+', 'COUNT', limit);
          return found.map(([id, fields]) => ({ id, text: fields[1] ?? '' }));
        },
        slowAnswerMs,
      );
    },
    async remove(ids) {
      if (ids.length === 0) return true;
      return (await redis.ask('stream', (client) => client.xdel(key, ...ids), slowAnswerMs)) !== undefined;
    },
    length: () => redis.ask('stream', (client) => client.xlen(key)),
  };
}
