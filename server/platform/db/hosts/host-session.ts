/** Plain statements to one host by name of that host, whichever is the writer: for watching, for the doctor, for promoting. */
import { HostLost, openConnection, sever } from './connect-host.ts';
import type { Endpoint } from './endpoints.ts';

export type HostRow = Record<string, string | number | null>;

export interface HostSession {
  readonly endpoint: Endpoint;
  /** @returns rows of a SELECT or SHOW. Ends the session when there is no answer in time */
  rows(text: string, params?: readonly unknown[]): Promise<HostRow[]>;
  /** @returns how many rows an UPDATE or INSERT changed */
  change(text: string, params?: readonly unknown[]): Promise<number>;
  readonly usable: boolean;
  /** Resolves when the session is over, for whatever reason. */
  readonly ended: Promise<void>;
  close(reason?: string): void;
}

export interface SessionOptions {
  connectWithinMs: number;
  answerWithinMs(): number;
}

export async function openSession(endpoint: Endpoint, options: SessionOptions): Promise<HostSession> {
  const { connection, ready } = openConnection(endpoint, { timeoutMs: options.connectWithinMs, database: false });
  let usable = true;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  // A driver may forget a question when its socket goes while it is being closed: nobody must wait for that answer.
  const unanswered = new Set<(error: Error) => void>();
  const over = () => {
    usable = false;
    resolve();
    for (const refuse of unanswered) refuse(new HostLost('Connection lost: the session is over'));
  };
  connection.on('end', over);
  connection.on('error', over);
  const close = (reason = 'closed by us') => {
    over();
    sever(connection, new HostLost(`Connection lost: ${reason}`));
  };
  try {
    await ready;
  } catch (error) {
    close();
    throw error;
  }

  function ask(text: string, params: readonly unknown[]): Promise<unknown> {
    const { promise, resolve: answer, reject } = Promise.withResolvers<unknown>();
    const withinMs = options.answerWithinMs();
    const late = setTimeout(() => {
      // If it was our own thread that was busy, the answer lies in the socket: let it be read first.
      setImmediate(() => setImmediate(() => unanswered.has(reject) && close(`no answer within ${withinMs} ms`)));
    }, withinMs);
    unanswered.add(reject);
    connection.query(text, params as unknown[], (error, result) => (error ? reject(error) : answer(result)));
    return promise.finally(() => {
      clearTimeout(late);
      unanswered.delete(reject);
    });
  }

  return {
    endpoint,
    ended,
    get usable() {
      return usable;
    },
    rows: async (text, params = []) => (await ask(text, params)) as HostRow[],
    change: async (text, params = []) => ((await ask(text, params)) as { affectedRows: number }).affectedRows,
    close,
  };
}
