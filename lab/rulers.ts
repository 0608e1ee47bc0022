/** Who writes and who leads, as the shop itself has agreed: rows of its `leases`, read from whichever node answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import { query } from './database.ts';
import type { LabProcess } from './lab.ts';
import { databaseName, type Topology, type Zone, zones } from './topology.ts';

export interface Rulers {
  topology: Topology;
  processes: readonly LabProcess[];
}

const answerWithinMs = 3000;
/** Once one has answered, the others have so long: one that is cut off holds nobody up. */
const othersWithinMs = 300;

export async function leases(topology: Topology, processes: readonly LabProcess[]): Promise<RowDataPacket[]> {
  const nodes = processes.filter((one) => one.kind === 'database' && one.isRunning() && !one.isPaused());
  const sql = "SELECT name, holder, fencing, expires_at FROM leases WHERE name IN ('database.writer', 'scans')";
  const told: RowDataPacket[] = [];
  let heard = () => {};
  const oneHeard = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const all = nodes.map(async ({ zone }) => {
    const rows = await query(topology.addresses[`db-${zone as Zone}`], sql, answerWithinMs, databaseName).catch(
      () => [],
    );
    told.push(...rows);
    if (rows.length > 0) heard();
  });
  await Promise.race([Promise.all(all), oneHeard.then(() => sleep(othersWithinMs))]);
  return told;
}

/** The claim with the highest epoch. */
function holderOf(rows: readonly RowDataPacket[], name: string): string | undefined {
  const newest = rows
    .filter((row) => row.name === name)
    .reduce<RowDataPacket | undefined>((a, b) => (a && Number(a.fencing) >= Number(b.fencing) ? a : b), undefined);
  return newest && String(newest.holder);
}

export function writerIn(rows: readonly RowDataPacket[], topology: Topology): Zone | undefined {
  const address = holderOf(rows, 'database.writer')?.split(':')[0];
  return zones.find((zone) => topology.addresses[`db-${zone}`] === address);
}

/** A worker's name begins with the number of its process. */
export function leaderIn(rows: readonly RowDataPacket[], processes: readonly LabProcess[]): Zone | undefined {
  const pid = Number(holderOf(rows, 'scans')?.split('-')[0]);
  return processes.find((one) => one.kind === 'worker' && one.pid === pid && one.isRunning())?.zone;
}

export const writerOf = async ({ topology, processes }: Rulers): Promise<Zone | undefined> =>
  writerIn(await leases(topology, processes), topology);

export const leaderOf = async ({ topology, processes }: Rulers): Promise<Zone | undefined> =>
  leaderIn(await leases(topology, processes), processes);
