/** Three databases that are one to the shop, and what can happen to them. Tests write the same story for either kind. */
import { randomUUID } from 'node:crypto';
import { clusterPassword, clusterUser } from './cluster-template.ts';
import type { MariadbNode } from './mariadb-node.ts';
import type { Network } from './namespaces.ts';

export interface DatabaseCluster {
  readonly nodes: readonly MariadbNode[];
  /** DATABASE_URL with all hosts, or with those named, for a new, empty database. */
  newDatabase(): Promise<string>;
  urlOf(database: string, nodes?: readonly number[]): string;
  /** The node as a machine whose power came back: with what it had made durable. */
  restart(node: number): Promise<void>;
  /** The power of the whole place. */
  killAll(): Promise<void>;
  close(): Promise<void>;
}

export const nodeOf = (nodes: readonly MariadbNode[], i: number): MariadbNode => {
  const node = nodes[i];
  if (!node) throw new Error(`there is no node ${i}`);
  return node;
};

export function commonParts(network: Network, nodes: readonly MariadbNode[], writer: () => number) {
  const urlOf = (database: string, which: readonly number[] = nodes.keys().toArray()) => {
    const hosts = which.map((i) => `${nodeOf(nodes, i).address}:3306`).join(',');
    return `mysql://${clusterUser}:${clusterPassword}@${hosts}/${database}`;
  };
  return {
    nodes,
    urlOf,
    async newDatabase() {
      const name = `test_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
      await nodeOf(nodes, writer()).query(`CREATE DATABASE ${name}`);
      return urlOf(name);
    },
    async killAll() {
      await Promise.all(nodes.map((node) => node.kill()));
    },
    async close() {
      await Promise.all(nodes.map((node) => node.remove()));
      await network.close();
    },
  };
}

export const databaseOf = (url: string): string => /\/(\w+)$/.exec(url)?.[1] ?? '';
