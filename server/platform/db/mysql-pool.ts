/** A mysql2 pool with the session settings that our transactions rely on. */
import { createPool, type Pool } from 'mysql2';

export function mysqlPool(url: string, size: number): Pool {
  const address = new URL(url.replace(/^mariadb:/, 'mysql:'));
  const pool = createPool({
    host: address.hostname.replace(/^\[|\]$/g, '') || '127.0.0.1',
    port: address.port ? Number(address.port) : 3306,
    user: decodeURIComponent(address.username),
    password: decodeURIComponent(address.password),
    database: address.pathname.slice(1) || undefined,
    connectionLimit: size,
    maxIdle: size,
    queueLimit: 1000,
    connectTimeout: 5000,
    enableKeepAlive: true,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    supportBigNumbers: true,
    // Affected rows must count rows that changed, not rows that matched: every conditional update is judged by them.
    flags: ['-FOUND_ROWS'],
  });
  // READ COMMITTED: batches with SKIP LOCKED and multi-row inserts deadlock on gap locks under REPEATABLE READ.
  pool.on('connection', (connection) => {
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    connection.query(
      "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', innodb_lock_wait_timeout = 5",
    );
  });
  return pool;
}
