/** A lab that runs: what may be asked of it and done to it. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../test/kit/until.ts';
import { askNode, type DatabaseNode } from './database.ts';
import type { ZoneDisk } from './disk.ts';
import { canFakeClocks } from './fake-clock.ts';
import { intercept } from './intercept.ts';
import type { Lab, LabGoods, LabMachine, LabProcess, LabZone } from './lab.ts';
import { LabCannot } from './lab-cannot.ts';
import type { LabNetwork } from './network.ts';
import { takePicture, vipHolders } from './observe.ts';
import { isOk } from './recipes.ts';
import { isWhole } from './redis.ts';
import { leaderOf, writerOf } from './rulers.ts';
import { isRole, type MachineKind, machineKinds, ports, type Topology, type Zone, zones } from './topology.ts';

const run = promisify(execFile);
const checkout = fileURLToPath(new URL('..', import.meta.url));

export interface LabParts {
  dir: string;
  topology: Topology;
  network: LabNetwork;
  disks: ReadonlyMap<Zone, ZoneDisk>;
  databases: ReadonlyMap<Zone, DatabaseNode>;
  processes: readonly LabProcess[];
  goods: LabGoods;
  environment(zone: Zone): Record<string, string>;
  dataDir(zone: Zone): string;
  close(): Promise<void>;
}

/** A zone that begins again: what others wait for comes first. */
const startOrder = ['database', 'redis-1', 'redis-2', 'haproxy', 'keepalived'];
const wholeWithinMs = 180_000;

export function assembleLab(parts: LabParts): Lab {
  const { dir, topology, network, disks, databases, processes, goods, environment, dataDir, close } = parts;

  const find = (yes: (one: LabProcess) => boolean, what: string): LabProcess => {
    const found = processes.find(yes);
    if (!found) throw new LabCannot(`the lab has no ${what}`);
    return found;
  };
  const machine = (kind: MachineKind, zone: Zone): LabMachine => network.machine(`${kind}-${zone}`);
  const rulers = { topology, processes };

  function zone(name: Zone): LabZone {
    const own = processes.filter((one) => one.zone === name);
    const disk = disks.get(name);
    const theDisk = () => {
      if (!disk) throw new LabCannot('a zone has a disk of its own only where the lab runs as root');
      return disk;
    };
    return {
      name,
      processes: own,
      machines: Object.fromEntries(machineKinds.map((kind) => [kind, machine(kind, name)])) as LabZone['machines'],
      partition: () => network.partitionZone(name),
      heal: () => network.healZone(name),
      async kill() {
        await Promise.all(own.map((one) => one.kill()));
      },
      pause: () => own.forEach((one) => void one.pause()),
      resume: () => own.forEach((one) => void one.resume()),
      async start() {
        const down = own.filter((one) => !one.isRunning());
        const first = down.filter((one) => startOrder.includes(one.kind));
        await Promise.all(first.map((one) => one.start()));
        for (const one of down) if (!first.includes(one)) await one.start();
      },
      fillDisk: () => theDisk().fill(),
      freeDisk: async () => theDisk().free(),
    };
  }

  async function recoverDatabase(): Promise<{ startedFrom: Zone }> {
    const nodes = processes.filter(({ kind }) => kind === 'database');
    if (nodes.some((one) => one.isRunning()))
      throw new LabCannot('a database node still runs; the others join it: start()');
    const positions = await Promise.all(
      zones.map(async (name) => ({ name, at: await databases.get(name)?.position() })),
    );
    const most = positions.reduce((a, b) => ((b.at?.seqno ?? -1) > (a.at?.seqno ?? -1) ? b : a)).name;
    databases.get(most)?.beginCluster();
    const first = nodes.find((one) => one.zone === most);
    await first?.start();
    await Promise.all(nodes.filter((one) => one !== first).map((one) => one.start()));
    return { startedFrom: most };
  }

  async function isTogether(): Promise<boolean> {
    const running = processes.filter((one) => one.isRunning() && !one.isPaused());
    const nodes = running.filter(({ kind }) => kind === 'database');
    const states = await Promise.all(nodes.map(({ address }) => askNode(address, 1000)));
    const synced = states.every((one) => one.primary && one.state === 'Synced' && one.clusterSize === nodes.length);
    if (!synced || !(await isWhole(running.filter(({ kind }) => kind.startsWith('redis'))))) return false;
    const ready = await Promise.all(
      running.flatMap(({ kind, address }) =>
        isRole(kind) ? [isOk(`http://${address}:${ports[kind]}/readyz`, 1000)] : [],
      ),
    );
    const held = !topology.namespaces || (await vipHolders(rulers, network)).length === 1;
    return ready.every((one) => one) && held && (await isOk(`${topology.shopUrl}/proxy-alive`, 1000));
  }

  return {
    dir,
    topology,
    goods,
    processes,
    can: {
      partition: topology.namespaces,
      delay: network.canDelay,
      clock: canFakeClocks(),
      disk: disks.size > 0,
    },
    process: (kind, name) =>
      find((one) => one.kind === kind && (!name || one.zone === name), `${kind} in zone ${name}`),
    named: (name) => find((one) => one.name === name, `process ${name}`),
    zone,
    machine,
    street: network.machine('street'),
    writer: () => writerOf(rulers),
    leader: () => leaderOf(rulers),
    vipHolders: () => vipHolders(rulers, network),
    recoverDatabase,
    intercept: (name) => intercept({ topology, zone: name, machine: machine('db', name), dir }),
    async cardwell(name, ...args) {
      const env = { ...process.env, ...environment(name) };
      try {
        const [file, ...rest] = machine('app', name).on([process.execPath, 'bin/cardwell.ts', ...args]);
        const { stdout, stderr } = await run(file as string, rest, { cwd: checkout, env, maxBuffer: 64 << 20 });
        return { code: 0, stdout, stderr };
      } catch (error) {
        const { code, stdout, stderr } = error as { code?: number; stdout?: string; stderr?: string };
        if (typeof code !== 'number') throw error;
        return { code, stdout: stdout ?? '', stderr: stderr ?? '' };
      }
    },
    environment,
    dataDir,
    picture: () => takePicture(rulers, network),
    whole: (withinMs = wholeWithinMs) => until('everything that runs is together', isTogether, withinMs),
    stop: close,
  };
}
