/** What a doctor's check says. `warn`: the shop works, but something should be seen to. `bad`: see to it now. */
import type { Redis } from '../../platform/cache/redis.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';

export interface DoctorDeps {
  database: Database;
  /** Where its hosts are named; absent where only the connection is looked at. */
  databaseUrl?: string;
  databaseReaderUrls?: string;
  redis?: Redis;
  clock: Clock;
  environment: string;
  baseUrl: string;
  dataDir: string;
  masterKeyFile: string;
  migrationsFolder: string;
  smtpUrl: string | undefined;
  mailFrom: string;
}

export interface Diagnosis {
  name: string;
  level: 'ok' | 'warn' | 'bad';
  says: string;
}

export type DoctorCheck = (deps: DoctorDeps) => Promise<Diagnosis[]>;

export const ok = (name: string, says: string): Diagnosis => ({ name, level: 'ok', says });
export const warn = (name: string, says: string): Diagnosis => ({ name, level: 'warn', says });
export const bad = (name: string, says: string): Diagnosis => ({ name, level: 'bad', says });
