/**
 * Hosts with addresses of their own on one machine. As root each is a network namespace, all joined by a bridge in one more,
 * with a cable to where the tests run; a host can be cut off so that its packets vanish and open connections hang, as in a
 * real partition. Without root they are loopback addresses, on which all works but partitions.
 *
 * Namespaces have no names: each lives as long as a process in it, and those die with their holder, which dies with us,
 * however we die. The kernel then takes bridge, cables and addresses away; there is nothing to sweep.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { until } from './until.ts';

const run = promisify(execFile);

export interface Host {
  readonly address: string;
  /** The command that runs another one on this host, in a process of the same id. */
  on(command: readonly string[]): string[];
  /** From now on no packet leaves or reaches this host; nobody is told. */
  partition(): Promise<void>;
  heal(): Promise<void>;
}

export interface Network {
  readonly hosts: readonly Host[];
  close(): Promise<void>;
}

/** Partitions need namespaces, and those need root. Tests that partition are in suites that say so (scripts/setup/needs.mjs). */
export const canPartition = process.getuid?.() === 0;

export function newNetwork(hosts: number): Promise<Network> {
  return canPartition ? namespaces(hosts) : Promise.resolve(newLoopbackNetwork(hosts));
}

/** Kept by the benchmarking range 198.18.0.0/15, which no real network uses: 512 networks of 254 hosts. */
const networks = 512;
const subnet = (n: number) => `198.${18 + (n >> 8)}.${n & 255}`;
const cable = (n: number) => `cwnet${n}`;
const firstHost = 11;

/** `open` starts a process in a namespace of its own and prints its id; each dies with this shell, even a killed one. */
const holderScript = `
pids=
while read -r word; do
  setpriv --pdeathsig KILL unshare --net sleep infinity </dev/null >/dev/null 2>&1 &
  pids="$pids $!"
  echo $!
done
kill -9 $pids; wait
`;

async function namespaces(count: number): Promise<Network> {
  const holder = spawn('/bin/sh', ['-c', holderScript], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: holder.stdout })[Symbol.asyncIterator]();
  const end = () => endOf(holder);
  try {
    const bridge = await open(holder, lines);
    const network = await claimNetwork(bridge);
    const hosts: Host[] = [];
    for (let i = 0; i < count; i++) {
      const pid = await open(holder, lines);
      const address = `${subnet(network)}.${firstHost + i}`;
      await connectHost({ bridge, pid, address, port: `host${i}` });
      hosts.push(hostIn(pid, address));
    }
    letGo(holder);
    return {
      hosts,
      async close() {
        await end();
        await until(`${cable(network)} is gone`, async () => !existsSync(`/sys/class/net/${cable(network)}`));
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** @returns the process that keeps the new namespace alive */
async function open(holder: ChildProcess, lines: AsyncIterator<string>): Promise<number> {
  holder.stdin?.write('open\n');
  const { value, done } = await lines.next();
  if (done) throw new Error('no network namespace can be made');
  const pid = Number(value);
  const ours = readlinkSync('/proc/self/ns/net');
  await until('the namespace is there', async () => {
    return readlinkSync(`/proc/${pid}/ns/net`) !== ours;
  });
  return pid;
}

/** Two test files may ask at once: the name of the cable belongs to whoever makes it first. */
async function claimNetwork(bridge: number): Promise<number> {
  for (let tries = 0; tries < networks; tries++) {
    const n = (process.pid + tries) % networks;
    if (existsSync(`/sys/class/net/${cable(n)}`)) continue;
    const made = await run('ip', [
      'link',
      'add',
      cable(n),
      'type',
      'veth',
      'peer',
      'name',
      'outside',
      'netns',
      `${bridge}`,
    ])
      .then(() => true)
      .catch((error) => {
        if (/exists/i.test(String(error.stderr))) return false;
        throw error;
      });
    if (!made) continue;
    await shell(`
      ip addr add ${subnet(n)}.1/24 dev ${cable(n)}
      ip link set ${cable(n)} up
      ${enter(bridge)} sh -ec 'ip link set lo up; ip link add bridge type bridge; ip link set bridge up
        ip link set outside master bridge up'`);
    return n;
  }
  throw new Error('every network for tests is taken');
}

async function connectHost({
  bridge,
  pid,
  address,
  port,
}: {
  bridge: number;
  pid: number;
  address: string;
  port: string;
}) {
  await shell(`
    ${enter(bridge)} sh -ec 'ip link add ${port} type veth peer name eth0 netns ${pid}; ip link set ${port} master bridge up'
    ${enter(pid)} sh -ec 'ip link set lo up; ip addr add ${address}/24 dev eth0; ip link set eth0 up'`);
}

function hostIn(pid: number, address: string): Host {
  return {
    address,
    on: (command) => ['/usr/bin/nsenter', `--net=/proc/${pid}/ns/net`, ...command],
    partition: () =>
      shell(`${enter(pid)} sh -ec 'iptables -w -A INPUT -i eth0 -j DROP; iptables -w -A OUTPUT -o eth0 -j DROP'`),
    heal: () => shell(`${enter(pid)} iptables -w -F`),
  };
}

const enter = (pid: number) => `nsenter --net=/proc/${pid}/ns/net`;

async function shell(script: string): Promise<void> {
  const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
  await run('/bin/sh', ['-ec', script], { env: { ...process.env, PATH } });
}

/** Hosts that cannot be cut off, for whoever is not root or does not want to be. */
export function newLoopbackNetwork(count: number): Network {
  const network = `127.${1 + (process.pid % 253)}.${(process.pid >> 8) % 254}`;
  const refuse = () => Promise.reject(new Error('a partition is made in a network namespace, which needs root'));
  const hosts = Array.from({ length: count }, (_, i) => ({
    address: `${network}.${firstHost + i}`,
    on: (command: readonly string[]) => [...command],
    partition: refuse,
    heal: () => Promise.resolve(),
  }));
  return { hosts, close: () => Promise.resolve() };
}

/** A test process may end without closing the network: the pipe to the holder closes then. */
function letGo(holder: ChildProcess): void {
  holder.unref();
  for (const stream of [holder.stdin, holder.stdout]) (stream as unknown as { unref(): void }).unref();
}

function endOf(holder: ChildProcess): Promise<void> {
  if (holder.exitCode !== null || holder.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    holder.ref();
    holder.once('exit', () => resolve());
    holder.stdin?.end();
  });
}
