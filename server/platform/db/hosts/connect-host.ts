/** A connection to one MySQL host, for the pool and for watching. It is either there within its time or it is an error. */
import { type Connection, createConnection } from 'mysql2';
import type { Endpoint } from './endpoints.ts';

export interface ConnectOptions {
  timeoutMs: number;
  /** Without one the host answers even before the shop's database exists, and nobody counts us among its users. */
  database: boolean;
}

export class HostLost extends Error {
  override readonly name = 'HostLost';
  readonly code = 'HOST_LOST';
  readonly fatal = true;
}

/** Begins to connect; `ready` settles when the server has let us in. */
export function openConnection(
  endpoint: Endpoint,
  options: ConnectOptions,
): { connection: Connection; ready: Promise<void> } {
  const connection = createConnection({
    host: endpoint.host,
    port: endpoint.port,
    user: endpoint.user,
    password: endpoint.password,
    database: options.database ? endpoint.database || undefined : undefined,
    connectTimeout: options.timeoutMs,
    enableKeepAlive: true,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    supportBigNumbers: true,
    // Affected rows must count rows that changed, not rows that matched: every conditional update is judged by them.
    flags: ['-FOUND_ROWS'],
  });
  const ready = new Promise<void>((resolve, reject) => {
    connection.once('error', reject);
    connection.connect((error) => {
      connection.off('error', reject);
      if (error) reject(error);
      else resolve();
    });
  });
  // An error nobody waits for is found by whoever uses the connection next; without a listener it would end the process.
  connection.on('error', () => undefined);
  return { connection, ready };
}

/** Ends a connection at once, even one whose host answers nobody: what is under way on it fails with `reason`. */
export function sever(connection: Connection, reason: Error): void {
  // mysql2 types the socket loosely; closing it politely would wait for a frozen host for ever.
  const socket = (connection as unknown as { stream?: { destroy(error: Error): void } }).stream;
  socket?.destroy(reason);
  connection.destroy();
}
