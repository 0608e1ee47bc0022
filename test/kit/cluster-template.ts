/**
 * The data folder every node of a database cluster starts from: the empty MariaDB, the shop's user, and the first position of a
 * Galera cluster. Nodes that start from copies of it agree already and exchange nothing: three of them are up in about two seconds.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freePort } from './free-port.ts';
import { cachedFolder, copyMariadbTemplate, mariadbVersion } from './mariadb-template.ts';
import { supervise } from './supervised.ts';
import { until } from './until.ts';

/** Who the shop is to a cluster; may do all, from anywhere. */
export const clusterUser = 'cardwell';
export const clusterPassword = 'cluster-of-tests';

export const galeraLibrary = '/usr/lib/galera/libgalera_smm.so';

/** What only one of the two kinds of cluster may have. */
const galeraFiles = ['grastate.dat', 'galera.cache', 'gvwstate.dat'];

export async function copyGaleraTemplate(to: string): Promise<void> {
  await cp(await template(), to, { recursive: true });
}

export async function copyReplicaTemplate(to: string): Promise<void> {
  await copyGaleraTemplate(to);
  for (const file of galeraFiles) await rm(join(to, file), { force: true });
}

async function template(): Promise<string> {
  return cachedFolder(`galera-${await mariadbVersion()}`, async (draft) => {
    await rm(draft, { recursive: true });
    await copyMariadbTemplate(draft);
    await prepare(draft);
    await rm(join(draft, 'galera.cache'), { force: true });
  });
}

async function prepare(data: string): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'cardwell-cluster-template-'));
  const [port, groupPort] = [await freePort(), await freePort()];
  const settings = [
    `--datadir=${data}`,
    `--tmpdir=${dir}`,
    `--socket=${join(dir, 'mysql.sock')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-log-bin',
    '--wsrep-on=ON',
    '--binlog-format=ROW',
    `--wsrep-provider=${galeraLibrary}`,
    '--wsrep-new-cluster',
    '--wsrep-cluster-address=gcomm://',
    '--wsrep-node-address=127.0.0.1',
    `--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:${groupPort};gcache.size=16M`,
  ];
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  const command = ['/usr/sbin/mariadbd', '--no-defaults', ...asRoot, ...settings];
  const server = await supervise(command, { dir, log: join(dir, 'log') });
  await server.start();
  const uri = `mysql://root@127.0.0.1:${port}`;
  await until('the template can be written', () =>
    execute(uri, `CREATE USER '${clusterUser}'@'%' IDENTIFIED BY '${clusterPassword}'`),
  );
  await execute(uri, `GRANT ALL ON *.* TO '${clusterUser}'@'%' WITH GRANT OPTION`);
  server.signal('SIGTERM');
  await server.ended();
  await server.release();
}

/** @returns whether it could be done */
async function execute(uri: string, statement: string): Promise<boolean> {
  try {
    const connection = await createConnection(uri);
    await connection.query(statement).finally(() => connection.destroy());
    return true;
  } catch {
    return false;
  }
}
