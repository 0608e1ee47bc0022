/** The machines of the lab on their network, and what can happen to their lines. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Host, newLoopbackNetwork, newNetwork } from '../test/kit/namespaces.ts';
import type { LabMachine } from './lab.ts';
import { LabCannot } from './lab-cannot.ts';
import { type MachineName, machineKinds, machineNames, type Zone, zones } from './topology.ts';

const run = promisify(execFile);

export interface LabNetwork {
  readonly namespaces: boolean;
  readonly canDelay: boolean;
  readonly addresses: Readonly<Record<MachineName, string>>;
  readonly virtualIp: string;
  machine(name: MachineName): LabMachine;
  partitionZone(zone: Zone): Promise<void>;
  healZone(zone: Zone): Promise<void>;
  isCutOff(name: MachineName): boolean;
  close(): Promise<void>;
}

/** The kit's hosts begin at 11. */
const virtualIpEnd = 200;
/** How much may wait in a slow line, as time. */
const longestQueueMs = 2000;

export async function openNetwork(loopback: boolean): Promise<LabNetwork> {
  const network = loopback ? newLoopbackNetwork(machineNames.length) : await newNetwork(machineNames.length);
  const hosts = new Map(machineNames.map((name, i) => [name, network.hosts[i] as Host]));
  const hostOf = (name: MachineName) => hosts.get(name) as Host;
  const addresses = Object.fromEntries([...hosts].map(([name, { address }]) => [name, address])) as Record<
    MachineName,
    string
  >;
  const cutOff = new Set<MachineName>();
  const namespaces = !loopback;
  const first = addresses['app-a'];
  const virtualIp = namespaces ? first.replace(/\d+$/, String(virtualIpEnd)) : first;

  async function on(name: MachineName, script: string): Promise<void> {
    if (!namespaces) throw new LabCannot('lines are cut and slowed in network namespaces, which need root');
    const [file, ...args] = hostOf(name).on(['/bin/sh', '-ec', script]);
    await run(file as string, args, { env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` } });
  }

  /** Packets from and to these addresses pass, no others. */
  async function cut(name: MachineName, but: readonly string[]): Promise<void> {
    const pass = but.map(
      (address) => `iptables -w -A INPUT -s ${address} -j ACCEPT; iptables -w -A OUTPUT -d ${address} -j ACCEPT`,
    );
    const drop = 'iptables -w -A INPUT -i eth0 -j DROP; iptables -w -A OUTPUT -o eth0 -j DROP';
    // Without a moment between: first all is dropped, then the exceptions are put before it.
    await on(name, [...pass, drop].join('\n'));
    cutOff.add(name);
  }

  async function heal(name: MachineName): Promise<void> {
    if (!namespaces) return;
    await on(name, 'iptables -w -F; tc qdisc del dev eth0 root 2>/dev/null || true');
    cutOff.delete(name);
  }

  const canDelay = namespaces && (await hasNetem(hostOf('street')));

  function machine(name: MachineName): LabMachine {
    const { address } = hostOf(name);
    return {
      name,
      address,
      partition: () => cut(name, []),
      heal: () => heal(name),
      on: (command) => hostOf(name).on(command),
      async slow({ delayMs, lossPercent = 0, kbitPerSecond }) {
        if (delayMs !== undefined && !canDelay)
          throw new LabCannot(
            'this kernel has no netem; slow the database with intercept(), or lines by kbitPerSecond and lossPercent',
          );
        const loss = lossPercent / 100;
        if (delayMs !== undefined)
          await on(name, `tc qdisc replace dev eth0 root netem delay ${delayMs}ms loss ${lossPercent}%`);
        else if (loss > 0)
          await on(name, `iptables -w -A OUTPUT -o eth0 -m statistic --mode random --probability ${loss} -j DROP`);
        if (kbitPerSecond !== undefined && delayMs === undefined)
          await on(
            name,
            `tc qdisc replace dev eth0 root tbf rate ${kbitPerSecond}kbit burst 32kb latency ${longestQueueMs}ms`,
          );
      },
    };
  }

  const machinesOf = (zone: Zone) => machineKinds.map((kind): MachineName => `${kind}-${zone}`);
  return {
    namespaces,
    canDelay,
    addresses,
    virtualIp,
    machine,
    async partitionZone(zone) {
      const within = machinesOf(zone).map((name) => addresses[name]);
      await Promise.all(machinesOf(zone).map((name) => cut(name, within)));
    },
    async healZone(zone) {
      await Promise.all(machinesOf(zone).map(heal));
    },
    isCutOff: (name) => cutOff.has(name),
    close: network.close,
  };
}

async function hasNetem(host: Host): Promise<boolean> {
  const [file, ...args] = host.on([
    '/bin/sh',
    '-ec',
    'PATH=$PATH:/usr/sbin:/sbin; tc qdisc add dev lo root netem delay 1ms && tc qdisc del dev lo root',
  ]);
  return run(file as string, args).then(
    () => true,
    () => false,
  );
}

export const zoneOfAddress = (addresses: LabNetwork['addresses'], address: string): Zone | undefined =>
  zones.find((zone) => machineKinds.some((kind) => addresses[`${kind}-${zone}`] === address));
