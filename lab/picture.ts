/** What the lab looks like at one moment: for `lab status`, for drills that ask who took over, for reports. */
import type { ProcessKind, ProcessName, Zone } from './topology.ts';

export interface ProcessPicture {
  name: ProcessName;
  kind: ProcessKind;
  state: 'up' | 'waiting' | 'paused' | 'down';
  /** Proportional share of memory. */
  memoryMb: number;
}

export interface ZonePicture {
  zone: Zone;
  partitioned: boolean;
  vip: boolean;
  leader: boolean;
  database: { state: string; clusterSize: number; writer: boolean };
  redis: { name: ProcessName; role: 'master' | 'replica' | 'down' }[];
  processes: ProcessPicture[];
}

export interface LabPicture {
  atMs: number;
  shopUrl: string;
  namespaces: boolean;
  writer: Zone | undefined;
  leader: Zone | undefined;
  vipHolders: Zone[];
  zones: ZonePicture[];
  street: ProcessPicture[];
  memoryMb: number;
  /** Over the last moments; undefined when no process of the role answers. */
  ordersPerSecond: number | undefined;
}
