/** How each process of the lab is started, and when it counts as started. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../test/kit/until.ts';
import type { LabMachine, LabProcess } from './lab.ts';
import type { Launch, Recipe } from './launch.ts';
import { askRedis, placeOf } from './redis.ts';
import { roleEnvironment } from './shop-environment.ts';
import { isRole, type ProcessPlace, ports, simulatedKinds, type Topology } from './topology.ts';

const run = promisify(execFile);
export const checkout = fileURLToPath(new URL('..', import.meta.url));
/** A machine that does other things as well may take this long; a free one takes a second or two. */
const readyWithinMs = 180_000;

/** Sixteen of them share a machine with three databases: 80 MB each with these, 110 MB without. */
export const nodeFlags = [
  '--optimize-for-size',
  '--max-semi-space-size=1',
  '--max-old-space-size=256',
  '--v8-pool-size=1',
];
export const smallHeap = { MALLOC_ARENA_MAX: '1' };

/** Where the compiled code of a checkout is kept, by the same flags for all who share it. */
export const compiledIn = (folder: string): string => join(folder, 'node_modules/.cache/cardwell-compiled');

export interface RecipeParts {
  topology: Topology;
  place: ProcessPlace;
  machine: LabMachine;
  /** Its own. */
  folder: string;
  /** Where the zone's rendered files are. */
  configuration: string;
  /** Of the roles of this zone. */
  environment: Record<string, string>;
  /** After the networks have been started once more. */
  reconnect(): Promise<void>;
}

/** Of everything but databases, which have a file of their own. */
export function recipeOf(parts: RecipeParts): Recipe {
  const { place, folder, machine } = parts;
  const { kind } = place;
  mkdirSync(folder, { recursive: true });
  const common = { place, folder, machine };
  if (isRole(kind))
    return { ...common, command: roleLaunch(parts), ready: (one) => answers(one, ports[kind], '/readyz') };
  if (kind === 'haproxy') {
    const file = join(parts.configuration, 'haproxy.cfg');
    const command = ['/usr/sbin/haproxy', '-db', '-f', file];
    return { ...common, command: () => ({ command }), ready: (one) => answers(one, ports.stats, '/') };
  }
  if (kind === 'keepalived') return keepalived(parts);
  if (kind === 'redis-1' || kind === 'redis-2') {
    const file = join(parts.configuration, `redis-${ports[kind]}.conf`);
    const command = ['/usr/bin/redis-server', file, '--dir', folder];
    return { ...common, command: () => ({ command }), ready: answersRedis };
  }
  if (kind === 'prometheus') {
    const command = [
      '/usr/bin/prometheus',
      `--config.file=${join(parts.configuration, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${place.address}:${ports.prometheus}`,
      '--storage.tsdb.retention.time=1d',
      '--log.level=warn',
    ];
    return {
      ...common,
      command: () => ({ command, env: { GOGC: '40' } }),
      ready: (one) => answers(one, ports.prometheus, '/-/ready'),
    };
  }
  if (kind === 'simulators') return simulators(parts);
  throw new Error(`nobody knows how to start ${kind}`);
}

function roleLaunch({ place, environment }: RecipeParts): Recipe['command'] {
  return (again): Launch => {
    if (!isRole(place.kind)) throw new Error(`${place.kind} is no role`);
    const cwd = again.checkout ?? checkout;
    return {
      command: [process.execPath, ...nodeFlags, 'bin/cardwell.ts', 'serve', place.kind],
      cwd,
      env: {
        ...smallHeap,
        ...roleEnvironment(place.kind, environment),
        NODE_COMPILE_CACHE: compiledIn(cwd),
        ...again.env,
      },
    };
  };
}

function keepalived({ place, folder, machine, configuration, topology }: RecipeParts): Recipe {
  const command = [
    '/usr/sbin/keepalived',
    '--dont-fork',
    '--log-console',
    '--log-detail',
    '--vrrp',
    `--use-file=${join(configuration, 'keepalived.conf')}`,
    `--pid=${join(folder, 'keepalived.pid')}`,
    `--vrrp_pid=${join(folder, 'vrrp.pid')}`,
  ];
  return {
    place,
    folder,
    machine,
    command: () => ({ command }),
    ready: async () => undefined,
    // A machine that dies takes its addresses along; its program alone would leave them behind.
    async afterwards() {
      const [file, ...args] = machine.on(['/usr/sbin/ip', 'addr', 'del', `${topology.virtualIp}/24`, 'dev', 'eth0']);
      await run(file as string, args).catch(() => undefined);
    },
  };
}

function simulators({ place, folder, machine, reconnect }: RecipeParts): Recipe {
  const file = fileURLToPath(new URL('./simulator-process.ts', import.meta.url));
  const command = [process.execPath, ...nodeFlags, file, place.address, String(ports.simulators), ...simulatedKinds];
  let hasRun = false;
  return {
    place,
    folder,
    machine,
    command: () => ({ command, env: smallHeap }),
    async ready(one) {
      for (const kind of simulatedKinds) await answers(one, place.ports[kind] as number, '/_control/books');
      if (hasRun) await reconnect();
      hasRun = true;
    },
  };
}

async function answers(one: LabProcess, port: number, path: string): Promise<void> {
  const url = `http://${one.address}:${port}${path}`;
  await until(
    `${one.name} answers`,
    async () => {
      if (!one.isRunning()) throw new Error(`${one.name} ended`);
      return isOk(url, 2000);
    },
    readyWithinMs,
  ).catch((error: Error) => {
    throw new Error(`${error.message}; its log ends so:\n${lastLines(one.logFile)}`);
  });
}

const lastLines = (file: string) => readFileSync(file, 'utf8').split('\n').slice(-20).join('\n');

export const isOk = (url: string, withinMs: number): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(withinMs) }).then(
    async (reply) => {
      await reply.arrayBuffer();
      return reply.ok;
    },
    () => false,
  );

async function answersRedis(one: LabProcess): Promise<void> {
  await until(`${one.name} answers`, async () =>
    (await askRedis(placeOf(one), 'PING').catch(() => '')).includes('PONG'),
  );
}
