/** What a doctor's check says: a finding by its code (contract/findings.ts), with the English sentence. */
import { type FindingCode, type FindingKind, type FindingValues, findingKinds } from '../../../contract/findings.ts';
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
  level: FindingKind['level'];
  /** English, for the command line; who has words of their own takes them by code and values. */
  says: string;
  code: FindingCode;
  values: Readonly<Record<string, string | number>>;
}

export type DoctorCheck = (deps: DoctorDeps) => Promise<Diagnosis[]>;

export function finding<C extends FindingCode>(code: C, values: FindingValues<C>): Diagnosis {
  const { area, level, says }: FindingKind = findingKinds[code];
  const given: Diagnosis['values'] = values;
  return {
    name: given.host === undefined ? area : `${area} ${given.host}`,
    level,
    says: says.replace(/\{(\w+)\}/g, (_, name: string) => String(given[name])),
    code,
    values,
  };
}
