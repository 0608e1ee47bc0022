/** Takes the picture of a running lab: asks every part how it is, and none of them for long. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { askNode } from './database.ts';
import type { LabProcess } from './lab.ts';
import type { LabNetwork } from './network.ts';
import type { LabPicture, ProcessPicture, ZonePicture } from './picture.ts';
import { isOk } from './recipes.ts';
import { redisRole } from './redis.ts';
import { leaderIn, leases, type Rulers, writerIn } from './rulers.ts';
import { isRole, machineKinds, ports, type Zone, zones } from './topology.ts';

const run = promisify(execFile);
const answerWithinMs = 500;

/** Which machines have the virtual IP, as their kernels say. */
export async function vipHolders({ topology }: Rulers, network: LabNetwork): Promise<Zone[]> {
  if (!topology.namespaces) return ['a'];
  const has = await Promise.all(
    zones.map(async (zone) => {
      const [file, ...args] = network.machine(`app-${zone}`).on(['/usr/sbin/ip', '-o', 'addr', 'show', 'dev', 'eth0']);
      const { stdout } = await run(file as string, args).catch(() => ({ stdout: '' }));
      return stdout.includes(` ${topology.virtualIp}/`);
    }),
  );
  return zones.filter((_, i) => has[i]);
}

export async function takePicture(rulers: Rulers, network: LabNetwork): Promise<LabPicture> {
  const { topology, processes } = rulers;
  const [rows, holders, pictures, orders] = await Promise.all([
    leases(topology, processes),
    vipHolders(rulers, network),
    Promise.all(processes.map(pictureOf)),
    ordersPlaced(processes),
  ]);
  const [writer, leader] = [writerIn(rows, topology), leaderIn(rows, processes)];
  const zonePictures = await Promise.all(
    zones.map(async (zone): Promise<ZonePicture> => {
      const own = processes.filter((one) => one.zone === zone);
      const node = own.find(({ kind }) => kind === 'database');
      const { state, clusterSize } = await askNode(topology.addresses[`db-${zone}`], answerWithinMs);
      return {
        zone,
        partitioned: machineKinds.some((kind) => network.isCutOff(`${kind}-${zone}`)),
        vip: holders.includes(zone),
        leader: leader === zone,
        database: { state: node?.isRunning() ? state : 'down', clusterSize, writer: writer === zone },
        redis: await Promise.all(
          own
            .filter(({ kind }) => kind.startsWith('redis'))
            .map(async (one) => ({ name: one.name, role: one.isRunning() ? await redisRole(one) : 'down' })),
        ),
        processes: pictures.filter((_, i) => processes[i]?.zone === zone),
      };
    }),
  );
  return {
    atMs: Date.now(),
    shopUrl: topology.shopUrl,
    namespaces: topology.namespaces,
    writer,
    leader,
    vipHolders: holders,
    zones: zonePictures,
    street: pictures.filter((_, i) => processes[i]?.zone === undefined),
    memoryMb: Math.round(pictures.reduce((sum, one) => sum + one.memoryMb, 0) + memoryMb(process.pid)),
    ordersPerSecond: orders,
  };
}

async function pictureOf(one: LabProcess): Promise<ProcessPicture> {
  const { name, kind } = one;
  const mb = one.isRunning() ? memoryMb(one.pid) : 0;
  return { name, kind, state: await stateOf(one), memoryMb: Math.round(mb * 10) / 10 };
}

async function stateOf(one: LabProcess): Promise<ProcessPicture['state']> {
  if (!one.isRunning()) return 'down';
  if (one.isPaused()) return 'paused';
  if (!isRole(one.kind)) return 'up';
  return (await isOk(`http://${one.address}:${ports[one.kind]}/readyz`, answerWithinMs)) ? 'up' : 'waiting';
}

/** Proportional share: what is common to several counts once. */
function memoryMb(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** What each order role had counted when it was last looked at. A process that began anew began at nothing. */
const counted = new Map<string, { atMs: number; orders: number }>();

async function ordersPlaced(processes: readonly LabProcess[]): Promise<number | undefined> {
  const rates = await Promise.all(
    processes
      .filter((one) => one.kind === 'order' && one.isRunning() && !one.isPaused())
      .map(async (one) => {
        const text = await metricsOf(one);
        if (text === undefined) return undefined;
        const orders = [...text.matchAll(/^cardwell_orders_total\{[^}]*outcome="placed"[^}]*\} (\d+)/gm)].reduce(
          (sum, [, count]) => sum + Number(count),
          0,
        );
        const key = `${one.name} ${one.pid}`;
        const before = counted.get(key);
        const atMs = performance.now();
        counted.set(key, { atMs, orders });
        return before ? ((orders - before.orders) * 1000) / (atMs - before.atMs) : 0;
      }),
  );
  const heard = rates.filter((one) => one !== undefined);
  return heard.length === 0 ? undefined : Math.round(heard.reduce((a, b) => a + b, 0) * 10) / 10;
}

const metricsOf = ({ address }: LabProcess): Promise<string | undefined> =>
  fetch(`http://${address}:${ports.order}/metrics`, { signal: AbortSignal.timeout(answerWithinMs) }).then(
    (reply) => reply.text(),
    () => undefined,
  );
