/**
 * How a proxy asks a database node whether it may be written, in the words of the MySQL protocol: no agent beside the
 * database is needed. The user has no password and no rights; make it on the cluster with
 *
 *     CREATE USER 'haproxy_check'@'%' IDENTIFIED VIA mysql_native_password USING '' WITH MAX_USER_CONNECTIONS 50
 */
const user = 'haproxy_check';

export const createCheckUser = `CREATE USER IF NOT EXISTS '${user}'@'%' IDENTIFIED VIA mysql_native_password USING ''
  WITH MAX_USER_CONNECTIONS 50`;

/** A node outside the majority refuses to answer it, or says no. */
export const checkQuery =
  "SELECT IF(@@read_only=0 AND COUNT(*)=3,'may-be-written','no') FROM information_schema.GLOBAL_STATUS WHERE " +
  "(VARIABLE_NAME='WSREP_READY' AND VARIABLE_VALUE='ON') OR (VARIABLE_NAME='WSREP_CLUSTER_STATUS' AND VARIABLE_VALUE='Primary') " +
  "OR (VARIABLE_NAME='WSREP_LOCAL_STATE_COMMENT' AND VARIABLE_VALUE='Synced')";

/** Long password, protocol 4.1, secure connection. */
const abilities = 0x0000_8201;
const utf8mb4 = 45;
const reservedBytes = 23;
const askForRows = 3;

function packet(sequence: number, body: Buffer): string {
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, body]).toString('hex');
}

function login(): string {
  const head = Buffer.alloc(9);
  head.writeUInt32LE(abilities, 0);
  head.writeUInt32LE(1 << 24, 4);
  head[8] = utf8mb4;
  const noPassword = Buffer.from([0]);
  return packet(1, Buffer.concat([head, Buffer.alloc(reservedBytes), Buffer.from(`${user}\0`), noPassword]));
}

export const checkLogin = login();

export const queryPacket = (sql: string): string =>
  packet(0, Buffer.concat([Buffer.from([askForRows]), Buffer.from(sql)]));
