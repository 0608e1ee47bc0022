/** Puts the lab together and starts it, in an order in which nobody waits for what comes later. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createCheckUser } from '../deploy/database-check.ts';
import { writeFiles } from '../deploy/render.ts';
import { watchFiles, zoneFiles } from '../deploy/render-site.ts';
import { checkSite } from '../deploy/site.ts';
import { canPartition } from '../test/kit/namespaces.ts';
import { siteOf } from './configuration.ts';
import { type DatabaseNode, newDatabaseNode, query } from './database.ts';
import { mountDisk, type ZoneDisk } from './disk.ts';
import { claimFolder } from './folder.ts';
import type { Lab, LabGoods, LabProcess, StartOptions } from './lab.ts';
import { LabCannot } from './lab-cannot.ts';
import { newLabProcess } from './launch.ts';
import { openNetwork } from './network.ts';
import { checkout, compiledIn, nodeFlags, recipeOf } from './recipes.ts';
import { joinRedis } from './redis.ts';
import { assembleLab } from './running-lab.ts';
import { makeKeys, zoneEnvironment } from './shop-environment.ts';
import { databaseName, newTopology, type ProcessPlace, type Zone, zones } from './topology.ts';

const run = promisify(execFile);

type OwnProcess = LabProcess & { release(): Promise<void> };

const defaultCards = 16_000;
const defaultSkus = 8;
/** Two cores start two programs no faster than one after the other, but each waits for a disk now and then. */
const startsAtOnce = 4;

export async function openLab(options: StartOptions): Promise<Lab> {
  const {
    loopback = false,
    small = false,
    onStep = () => {},
    env: more = {},
    cards = defaultCards,
    skus = defaultSkus,
  } = options;
  if (!loopback && !canPartition)
    throw new LabCannot('the lab is made of network namespaces, which need root; without it: --loopback');
  const folder = claimFolder(options.dir);
  const { dir } = folder;
  const closers: (() => Promise<void>)[] = [folder.remove];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  try {
    onStep('network');
    const network = await openNetwork(loopback);
    closers.push(network.close);
    const topology = newTopology({ ...network, small });
    const keys = makeKeys(join(dir, 'keys'));

    onStep('disks');
    const zoneFolder = (zone: Zone) => join(dir, `zone-${zone}`);
    const disks = new Map<Zone, ZoneDisk>();
    if (!loopback) {
      const mounted = await Promise.all(zones.map((zone) => mountDisk(zoneFolder(zone))));
      for (const [i, disk] of mounted.entries()) disks.set(zones[i] as Zone, disk);
      closers.push(async () => void (await Promise.all(mounted.map((disk) => disk.close()))));
    }

    onStep('configuration');
    const configuration = (zone: Zone | undefined) => join(dir, 'configuration', zone ?? 'prometheus');
    for (const zone of zones) {
      const site = checkSite(siteOf(topology, configuration(zone)));
      writeFiles(configuration(zone), zoneFiles(site, zone));
      writeFiles(configuration(undefined), watchFiles(site));
    }
    const dataDir = (zone: Zone) => join(zoneFolder(zone), 'data');
    const environment = (zone: Zone) => zoneEnvironment({ topology, keys, zone, dataDir: dataDir(zone), more });

    const databases = new Map<Zone, DatabaseNode>();
    const processes: OwnProcess[] = [];
    closers.push(async () => void (await Promise.all(processes.map((one) => one.release()))));
    const make = async (place: ProcessPlace): Promise<OwnProcess> => {
      const { kind, zone } = place;
      const own = join(zone ? zoneFolder(zone) : join(dir, 'street'), kind);
      const machine = network.machine(place.machine);
      if (kind === 'database' && zone) {
        const file = join(configuration(zone), 'galera.cnf');
        const node = await newDatabaseNode({ place, folder: own, machine, configuration: file });
        databases.set(zone, node);
        return newLabProcess(node.recipe);
      }
      const reconnect = async () => void (await inOwnProcess({ env: environment('a'), topology, reconnect: true }));
      const parts = { topology, place, machine, folder: own, configuration: configuration(zone), reconnect };
      return newLabProcess(recipeOf({ ...parts, environment: environment(zone ?? 'a') }));
    };
    processes.push(...(await Promise.all(topology.processes.map(make))));
    const of = (...kinds: string[]) => processes.filter(({ kind }) => kinds.includes(kind));
    const startAll = (these: readonly LabProcess[]) => Promise.all(these.map((one) => one.start()));

    onStep('databases, Redis, proxies');
    const startDatabases = async () => {
      const [first, ...others] = of('database');
      databases.get('a')?.beginCluster();
      await first?.start();
      await startAll(others);
      await query(topology.addresses['db-a'], `CREATE DATABASE ${databaseName}`);
      await query(topology.addresses['db-a'], createCheckUser);
    };
    const startRedis = async () => {
      await startAll(of('redis-1', 'redis-2'));
      const replicas = of('redis-2');
      await joinRedis(of('redis-1'), [...replicas.slice(1), ...replicas.slice(0, 1)]);
    };
    const street = startAll(of('simulators', 'prometheus'));
    await Promise.all([startDatabases(), startRedis(), startAll(of('haproxy', 'keepalived')), street]);

    onStep('the shop and its goods');
    const told = await inOwnProcess({ env: environment('a'), topology, skus, cards });
    const goods = JSON.parse(told) as LabGoods;

    onStep('roles');
    const waiting = of('order', 'card', 'payment', 'account', 'admin', 'worker');
    await Promise.all(
      Array.from({ length: startsAtOnce }, async () => {
        for (let one = waiting.shift(); one; one = waiting.shift()) await one.start();
      }),
    );
    const lab = assembleLab({
      dir,
      topology,
      network,
      disks,
      databases,
      processes,
      goods,
      environment,
      dataDir,
      close,
    });
    onStep('everything together');
    await lab.whole();
    return lab;
  } catch (error) {
    await close();
    throw error;
  }
}

/** What it is told stands in its environment: the words of a command can be read by everybody. */
async function inOwnProcess(options: object): Promise<string> {
  const file = fileURLToPath(new URL('./goods-process.ts', import.meta.url));
  const env = { ...process.env, NODE_COMPILE_CACHE: compiledIn(checkout), LAB_GOODS: JSON.stringify(options) };
  try {
    return (await run(process.execPath, [...nodeFlags, file], { env })).stdout;
  } catch (error) {
    throw new Error(`the shop could not be opened:\n${(error as { stderr?: string }).stderr}`);
  }
}
