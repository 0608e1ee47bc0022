import { claimName } from '../../../server/platform/db/hosts/host-report.ts';
import type { DatabaseCluster } from '../../kit/database-cluster.ts';

/** The node that the processes of a shop have agreed to write to. */
export async function writerOf(cluster: DatabaseCluster, database: string): Promise<number> {
  const node = cluster.nodes.find((one) => one.isRunning());
  const [row] = (await node?.query(`SELECT holder FROM ${database}.leases WHERE name = '${claimName}'`)) ?? [];
  return cluster.nodes.findIndex(({ address }) => String(row?.holder).includes(address));
}
