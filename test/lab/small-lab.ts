/**
 * The smallest lab that makes sense: three database nodes that can be cut off, two processes of all roles, a proxy. It is
 * there in seconds, so that drills can be part of `npm test`; what it lacks it refuses.
 */
import { join } from 'node:path';
import type { Lab, LabMachine, LabProcess } from '../../lab/lab.ts';
import { LabCannot } from '../../lab/lab-cannot.ts';
import { type Topology, type Zone, zones } from '../../lab/topology.ts';
import { writerOf } from '../faults/clusters/writer-of.ts';
import { sandboxSecret } from '../kit/buyer.ts';
import { databaseOf } from '../kit/database-cluster.ts';
import { type GaleraCluster, startGalera } from '../kit/galera.ts';
import { startHaproxy } from '../kit/haproxy.ts';
import type { MariadbNode } from '../kit/mariadb-node.ts';
import type { ShopProcess } from '../kit/shop-process.ts';
import { newTestShop } from '../kit/test-shop.ts';

const appZones: readonly Zone[] = ['a', 'b'];

export async function startSmallLab(cards: number): Promise<Lab> {
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const cluster = await startGalera();
    closers.push(() => cluster.close());
    const url = await cluster.newDatabase();
    const shop = await newTestShop('mysql', { DATABASE_URL: url, LOG_LEVEL: 'error', CARDWELL_LEASE_MS: '2000' });
    closers.push(() => shop.close());
    const skuIds = [await shop.newSku({ cards: cards / 2 }), await shop.newSku({ cards: cards / 2 })];
    const servers = await Promise.all(appZones.map(() => shop.newProcess()));
    await Promise.all(servers.map((one) => one.start()));
    const proxy = await startHaproxy(Object.fromEntries(servers.map(({ origin }, i) => [`s${i}`, origin])), true);
    closers.push(() => proxy.stop());
    const allUp = () => Promise.all(servers.map((_, i) => proxy.untilUp(`s${i}`)));
    await allUp();

    const database = databaseOf(url);
    const each = (make: (i: number) => string) => Object.fromEntries(zones.map((zone, i) => [zone, make(i)]));
    const topology = {
      namespaces: false,
      shopUrl: proxy.origin,
      databaseUrl: url,
      databaseUrls: each((i) => cluster.urlOf(database, [i])),
      simulatorUrls: {},
    } as unknown as Topology;
    const processes = [
      ...servers.map((server, i) => roleProcess(server, appZones[i] as Zone, allUp)),
      ...cluster.nodes.map((node, i) => nodeProcess(cluster, node, i)),
    ];
    const one = (kind: string, zone?: Zone): LabProcess => {
      const found = processes.find((process) => process.kind === kind && (!zone || process.zone === zone));
      return found ?? refuse(`${kind} in zone ${zone}`);
    };
    const dataDirs = shop.dataDirs;
    return {
      dir: join(dataDirs[0] as string, '..'),
      can: { partition: true, delay: false, clock: false, disk: false },
      topology,
      goods: { skuIds, cards },
      processes,
      process: one,
      named: refuse,
      zone: refuse,
      machine: (kind, zone) =>
        kind === 'db' ? machineOf(cluster.nodes[zones.indexOf(zone)] as MariadbNode) : refuse(kind),
      get street() {
        return refuse('street');
      },
      writer: async () => zones[await writerOf(cluster, database)],
      leader: async () => undefined,
      vipHolders: async () => [],
      recoverDatabase: async () => ({ startedFrom: zones[(await cluster.recover()).startedFrom] as Zone }),
      intercept: refuse,
      cardwell: refuse,
      environment: () => ({ CARDWELL_SANDBOX_SECRET: sandboxSecret }),
      dataDir: (zone) => dataDirs[1 + zones.indexOf(zone)] ?? (dataDirs[0] as string),
      picture: () => refuse('picture'),
      whole: async () => {
        await cluster.whole();
        await allUp();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function refuse(what: unknown): never {
  throw new LabCannot(`the small lab has no ${what}`);
}

const nowhere = { ports: {}, address: '', logFile: '', folder: '' };

function roleProcess(server: ShopProcess, zone: Zone, allUp: () => Promise<unknown>): LabProcess {
  let running = true;
  return {
    ...nowhere,
    name: `order-${zone}`,
    kind: 'order',
    machine: `app-${zone}`,
    zone,
    get pid() {
      return server.pid ?? 0;
    },
    isRunning: () => running,
    isPaused: () => false,
    async start(again) {
      await server.start({ ...again?.env });
      running = true;
      await allUp();
    },
    async kill() {
      await server.kill();
      running = false;
    },
    async stop() {
      await server.stop();
      running = false;
    },
    pause: () => refuse('frozen roles'),
    resume: () => refuse('frozen roles'),
  };
}

function nodeProcess(cluster: GaleraCluster, node: MariadbNode, i: number): LabProcess {
  const zone = zones[i] as Zone;
  let paused = false;
  return {
    ...nowhere,
    name: `database-${zone}`,
    kind: 'database',
    machine: `db-${zone}`,
    zone,
    address: node.address,
    get pid() {
      return node.pid;
    },
    isRunning: () => node.isRunning(),
    isPaused: () => paused,
    start: () => cluster.restart(i),
    kill: () => node.kill(),
    stop: () => node.shutDown(),
    pause() {
      node.pause();
      paused = true;
    },
    resume() {
      node.resume();
      paused = false;
    },
  };
}

function machineOf(node: MariadbNode): LabMachine {
  const { address, partition, heal } = node;
  return { name: 'db-a', address, partition, heal, slow: refuse, on: refuse };
}
