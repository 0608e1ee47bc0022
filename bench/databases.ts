/** The databases that the bench knows, started for one run, with the CPU time they take. */
import { readFileSync } from 'node:fs';
import { startGalera } from '../test/kit/galera.ts';
import { startMariadb } from '../test/kit/mariadb.ts';

export const stores = ['sqlite', 'mysql', 'galera'] as const;
export type StoreName = (typeof stores)[number];

export interface BenchDatabase {
  /** A fresh database; undefined: SQLite, in a folder of the scenario's own. */
  newDatabase(): Promise<string | undefined>;
  /** CPU time of all its processes; 0 for one that runs in the shop's. */
  cpuMs(): number;
  stop(): Promise<void>;
}

export async function startDatabase(store: StoreName): Promise<BenchDatabase> {
  if (store === 'mysql') {
    const server = await startMariadb();
    return { newDatabase: server.newDatabase, cpuMs: () => cpuMs(server.pid), stop: server.stop };
  }
  if (store === 'galera') {
    const cluster = await startGalera();
    return {
      newDatabase: cluster.newDatabase,
      cpuMs: () => cluster.nodes.reduce((sum, node) => sum + cpuMs(node.pid), 0),
      stop: cluster.close,
    };
  }
  return { newDatabase: async () => undefined, cpuMs: () => 0, stop: async () => {} };
}

/** User and system time of a process of ours, in the kernel's hundredths of a second. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
