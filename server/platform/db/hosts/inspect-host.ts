/** Everything an operator wants to know of one host, read once: for the doctor, for `database status`, before a promotion. */
import type { Endpoint } from './endpoints.ts';
import { type HostReport, judgeHost } from './host-report.ts';
import { type HostRow, type HostSession, openSession } from './host-session.ts';
import { createLook } from './probe-host.ts';

export interface Replication {
  /** host:port it replicates from. */
  from: string;
  receives: boolean;
  applies: boolean;
  byGtid: boolean;
  secondsBehind: number | undefined;
  /** MariaDB: up to where it has received. */
  received: string;
  trouble: string;
}

export interface HostPicture {
  name: string;
  endpoint: Endpoint;
  version: string;
  kind: 'galera' | 'replica' | 'primary' | 'alone';
  report: HostReport;
  /** Lower-case names. */
  variables: ReadonlyMap<string, string>;
  status: ReadonlyMap<string, string>;
  replication: Replication | undefined;
  /** What the shop's user may do here; empty where it may not ask. */
  grants: readonly string[];
}

export type HostSight = HostPicture | { name: string; endpoint: Endpoint; failure: Error };

export const isSeen = (sight: HostSight): sight is HostPicture => !('failure' in sight);

const connectWithinMs = 2000;
const answerWithinMs = 5000;

export function inspectHosts(endpoints: readonly Endpoint[]): Promise<HostSight[]> {
  return Promise.all(endpoints.map(inspectHost));
}

export async function inspectHost(endpoint: Endpoint): Promise<HostSight> {
  const { name } = endpoint;
  try {
    const session = await openSession(endpoint, { connectWithinMs, answerWithinMs: () => answerWithinMs });
    try {
      return await picture(session);
    } finally {
      session.close();
    }
  } catch (error) {
    return { name, endpoint, failure: error as Error };
  }
}

async function picture(session: HostSession): Promise<HostPicture> {
  const { endpoint } = session;
  const report = judgeHost(await createLook(session).look());
  const variables = byName(await session.rows('SHOW GLOBAL VARIABLES'));
  const status = byName(
    await session.rows("SHOW GLOBAL STATUS WHERE Variable_name LIKE 'wsrep%' OR Variable_name LIKE 'rpl_semi_sync%'"),
  );
  const replication = await readReplication(session);
  const followed = await isFollowed(session);
  const kind = report.galera ? 'galera' : replication ? 'replica' : followed ? 'primary' : 'alone';
  const grants = await session.rows('SHOW GRANTS').catch(() => []);
  return {
    name: endpoint.name,
    endpoint,
    version: variables.get('version') ?? 'unknown',
    kind,
    report,
    variables,
    status,
    replication,
    grants: grants.flatMap((row) => Object.values(row).map(String)),
  };
}

const byName = (rows: readonly HostRow[]): Map<string, string> =>
  new Map(rows.map((row) => [String(row.Variable_name).toLowerCase(), String(row.Value)]));

/** Both databases have renamed the statement and its columns; each understands the words it answers with. */
export async function readReplication(session: HostSession): Promise<Replication | undefined> {
  const [row] = await session
    .rows('SHOW SLAVE STATUS')
    .catch(() => session.rows('SHOW REPLICA STATUS'))
    .catch(() => []);
  if (!row) return undefined;
  const value = (...names: string[]) => String(names.map((name) => row[name]).find((one) => one != null) ?? '');
  const behind = value('Seconds_Behind_Master', 'Seconds_Behind_Source');
  return {
    from: `${value('Master_Host', 'Source_Host')}:${value('Master_Port', 'Source_Port')}`.toLowerCase(),
    receives: value('Slave_IO_Running', 'Replica_IO_Running') === 'Yes',
    applies: value('Slave_SQL_Running', 'Replica_SQL_Running') === 'Yes',
    byGtid: !/^(no|0|)$/i.test(value('Using_Gtid', 'Auto_Position')),
    secondsBehind: behind === '' ? undefined : Number(behind),
    received: value('Gtid_IO_Pos'),
    trouble: [value('Last_IO_Error'), value('Last_SQL_Error')].filter((one) => one !== '').join('; '),
  };
}

async function isFollowed(session: HostSession): Promise<boolean> {
  const dumps = await session
    .rows("SELECT COUNT(*) AS n FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%'")
    .catch(() => []);
  return Number(dumps[0]?.n ?? 0) > 0;
}
