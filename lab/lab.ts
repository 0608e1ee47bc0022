/**
 * The lab: the whole production topology on one machine, alive as long as the process that started it. Drills and tests take it
 * as it stands here; how each part is made is in the files beside this one.
 *
 *     const lab = await startLab({ dir });
 *     await lab.process('order', 'b').kill();
 *     await lab.machine('db', await lab.writer()).partition();
 *     await lab.stop();
 */
import { openLab } from './open-lab.ts';
import type { LabPicture } from './picture.ts';
import type { MachineKind, MachineName, ProcessKind, ProcessName, ProcessPlace, Topology, Zone } from './topology.ts';

export interface StartOptions {
  /** Everything is in here; it must not exist, or be empty, and is removed at the end. */
  dir: string;
  /** On loopback addresses, which needs no root: nothing can be cut off, and no virtual IP drifts. */
  loopback?: boolean;
  /** Two zones of roles instead of three: it starts in two thirds of the time. Databases, Redis and proxies are in all. */
  small?: boolean;
  /** What the shop's processes get besides what the lab gives them. */
  env?: Readonly<Record<string, string>>;
  /** Cards on sale, over all SKUs. */
  cards?: number;
  skus?: number;
  /** Each step as it begins, for a person who waits. */
  onStep?: (step: string) => void;
}

export interface LabProcess extends ProcessPlace {
  readonly pid: number;
  isRunning(): boolean;
  /** Until it serves: a role is ready, a database node has joined the others and is synced. After a crash of all nodes: `recoverDatabase`. */
  start(again?: StartAgain): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
  /** SIGSTOP: it keeps its connections and answers nobody. */
  pause(): void;
  resume(): void;
  isPaused(): boolean;
  readonly logFile: string;
  /** The folder that is its own. */
  readonly folder: string;
}

export interface StartAgain {
  /** Over what it was started with; for roles. */
  env?: Readonly<Record<string, string>>;
  /** Another checkout of the program, for upgrades; for roles. */
  checkout?: string;
  /** Its clock is off by so much, from this start on. */
  clockOffMs?: number;
}

export interface LabMachine {
  readonly name: MachineName;
  readonly address: string;
  /** No packet leaves or reaches it; nobody is told. */
  partition(): Promise<void>;
  /** All that was done to its network is undone. */
  heal(): Promise<void>;
  /** What leaves passes slowly, from now until healed. `delayMs` needs a kernel with netem (`lab.can.delay`). */
  slow(line: { delayMs?: number; lossPercent?: number; kbitPerSecond?: number }): Promise<void>;
  /** The command runs on this machine, in the lab's network. */
  on(command: readonly string[]): string[];
}

export interface LabZone {
  readonly name: Zone;
  readonly processes: readonly LabProcess[];
  readonly machines: Readonly<Record<MachineKind, LabMachine>>;
  /** Its machines still reach each other, and nobody else. */
  partition(): Promise<void>;
  heal(): Promise<void>;
  /** The power of the zone. */
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Every process that does not run. */
  start(): Promise<void>;
  /** Not a byte more can be written in this zone. */
  fillDisk(): Promise<void>;
  freeDisk(): Promise<void>;
}

/** Goods that a fresh lab sells. */
export interface LabGoods {
  skuIds: readonly number[];
  cards: number;
}

/** What this machine lets a lab do. */
export interface LabAbilities {
  /** Namespaces: partitions, a virtual IP that drifts, slow lines, interception. */
  partition: boolean;
  /** tc netem. */
  delay: boolean;
  /** libfaketime. */
  clock: boolean;
  /** Each zone has a disk of its own, which can be full. */
  disk: boolean;
}

export interface Lab {
  readonly dir: string;
  readonly can: LabAbilities;
  readonly topology: Topology;
  readonly goods: LabGoods;
  readonly processes: readonly LabProcess[];
  /** @throws when there is none of this kind in that zone */
  process(kind: ProcessKind, zone?: Zone): LabProcess;
  named(name: ProcessName): LabProcess;
  zone(zone: Zone): LabZone;
  machine(kind: MachineKind, zone: Zone): LabMachine;
  readonly street: LabMachine;
  /** The zone whose node the shop writes to, as the processes have agreed. */
  writer(): Promise<Zone | undefined>;
  /** The zone whose worker runs the scans. */
  leader(): Promise<Zone | undefined>;
  /** The zones that have the virtual IP: one, or none while it moves. */
  vipHolders(): Promise<Zone[]>;
  /** After a crash of all database nodes: from the one that has most. */
  recoverDatabase(): Promise<{ startedFrom: Zone }>;
  /** Puts a proxy that knows MySQL's words before a database node; from then on the shop's connections pass through it. */
  intercept(zone: Zone): Promise<SqlInterceptor>;
  /** `cardwell <arguments>` in a zone, with all that the roles there are given. */
  cardwell(zone: Zone, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
  /** The environment of a zone's roles. */
  environment(zone: Zone): Record<string, string>;
  /** Data folder that the roles of a zone share: issue journal, recorded orders. */
  dataDir(zone: Zone): string;
  picture(): Promise<LabPicture>;
  /** Waits until everything that runs is together again: database nodes synced, Redis whole, roles ready. */
  whole(withinMs?: number): Promise<void>;
  stop(): Promise<void>;
}

export interface SqlInterceptor {
  /** Added in each direction. */
  setLatency(ms: number): Promise<void>;
  /** The next commits so many: done by the server, their answers lost. */
  cutCommits(times: number): Promise<void>;
  cuts(): Promise<number>;
  /** Connections go straight to the node again. */
  remove(): Promise<void>;
}

/** Takes about half a minute. A lab ends with the process that started it, however that ends. */
export function startLab(options: StartOptions): Promise<Lab> {
  return openLab(options);
}
