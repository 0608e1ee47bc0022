/**
 * A proxy that knows MySQL's packets, slipped in front of a database node while everything runs: the node's machine sends new
 * connections to it instead, and those that were open are ended. Only the shop's way to the node changes, not the cluster's own.
 */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { supervise } from '../test/kit/supervised.ts';
import { until } from '../test/kit/until.ts';
import { query } from './database.ts';
import type { LabMachine, SqlInterceptor } from './lab.ts';
import { LabCannot } from './lab-cannot.ts';
import { isOk } from './recipes.ts';
import { databaseUser, ports, type Topology, type Zone } from './topology.ts';

const run = promisify(execFile);
const readyWithinMs = 120_000;

export async function intercept(options: {
  topology: Topology;
  zone: Zone;
  machine: LabMachine;
  dir: string;
}): Promise<SqlInterceptor> {
  const { topology, zone, machine } = options;
  if (!topology.namespaces) throw new LabCannot('connections are turned aside in network namespaces, which need root');
  const folder = join(options.dir, `interceptor-${zone}`);
  mkdirSync(folder);
  const file = fileURLToPath(new URL('./intercept-process.ts', import.meta.url));
  const command = machine.on([process.execPath, '--max-old-space-size=128', file, machine.address]);
  const server = await supervise(command, { dir: folder, log: join(folder, 'log') });
  const base = `http://${machine.address}:${ports.interceptorControl}`;
  await server.start();
  await until(`the interceptor of zone ${zone} answers`, () => isOk(`${base}/counts`, 2000), readyWithinMs);
  const rule = (how: '-A' | '-D') =>
    on(
      machine,
      `iptables -w -t nat ${how} PREROUTING -i eth0 -p tcp --dport ${ports.database} -j REDIRECT --to-ports ${ports.interceptor}`,
    );
  await rule('-A');
  await endSessions(machine.address);

  const ask = async (path: string): Promise<Record<string, number>> => {
    const reply = await fetch(`${base}${path}`, { method: 'POST', signal: AbortSignal.timeout(5000) });
    return (await reply.json()) as Record<string, number>;
  };
  return {
    setLatency: async (ms) => void (await ask(`/latency?ms=${ms}`)),
    cutCommits: async (times) => void (await ask(`/cut-commits?times=${times}`)),
    cuts: async () => (await ask('/counts')).cuts ?? 0,
    async remove() {
      await rule('-D');
      server.signal('SIGKILL');
      await server.ended();
      await server.release();
    },
  };
}

async function on(machine: LabMachine, script: string): Promise<void> {
  const [file, ...args] = machine.on(['/bin/sh', '-ec', `PATH=$PATH:/usr/sbin:/sbin; ${script}`]);
  await run(file as string, args);
}

/** Those of the shop: it comes back at once, by the other way. */
async function endSessions(address: string): Promise<void> {
  const sessions = `SELECT id FROM information_schema.processlist WHERE user = '${databaseUser}' AND id <> CONNECTION_ID()`;
  for (const { id } of await query(address, sessions))
    await query(address, `KILL ${Number(id)}`).catch(() => undefined);
}
