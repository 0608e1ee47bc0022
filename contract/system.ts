/** The system page of the administration: backups, things to run, processes, health. */
import { type Static, Type } from 'typebox';
import { EpochMs } from './common.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

// --- jobs --------------------------------------------------------------------------------------------------------

export const jobKinds = [
  'backup', // a backup into the folder of the worker
  'rehearsal', // a backup is restored into a database made for it, and audited
  'audit', // every invariant, proved from the data
  'scan', // one scan, now
] as const;
export type JobKind = (typeof jobKinds)[number];
export const jobStatuses = ['requested', 'running', 'done', 'failed'] as const;
export type JobStatus = (typeof jobStatuses)[number];

export const RunJobBody = Type.Object(
  {
    kind: literals(jobKinds),
    backup: Type.Optional(Type.String({ pattern: '^[\\w.-]{1,80}$', description: 'Which one to rehearse' })),
    scan: Type.Optional(Type.String({ pattern: '^[a-z-]{1,60}$', description: 'The scan to run' })),
  },
  { additionalProperties: false },
);
export type RunJobBody = Static<typeof RunJobBody>;
export const JobView = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  params: Type.Unknown(),
  status: literals(jobStatuses),
  requestedBy: Type.String(),
  requestedAt: EpochMs,
  startedAt: orNull(EpochMs),
  finishedAt: orNull(EpochMs),
  host: orNull(Type.String()),
  progress: orNull(Type.String()),
  result: Type.Unknown({ description: 'What came of it, by kind' }),
  error: orNull(Type.String()),
});
export type JobView = Static<typeof JobView>;
export const JobReply = Type.Object({ job: JobView });
export const JobParams = Type.Object({ id: Type.String({ pattern: '^[0-9A-Z]{26}$|^[0-9]{1,12}$' }) });
export const JobListQuery = Type.Object({
  kind: Type.Optional(literals(jobKinds)),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
});
export type JobListQuery = Static<typeof JobListQuery>;
export const JobList = Type.Object({ jobs: Type.Array(JobView) });
export type JobList = Static<typeof JobList>;

// --- backups -----------------------------------------------------------------------------------------------------

export const backupKinds = [
  'scheduled', // by itself; removed when its time is over
  'manual', // somebody pressed the button
  'upgrade', // before migrations were applied
  'found', // was in the folder: made by the command
] as const;
export type BackupKind = (typeof backupKinds)[number];

export const Rehearsal = Type.Object({
  ok: Type.Boolean(),
  rows: Type.Integer(),
  durationMs: Type.Integer(),
  keyOpens: orNull(Type.Boolean({ description: 'Whether the card key opens its cards; null: no key at hand' })),
  checks: Type.Array(
    Type.Object({
      id: Type.String(),
      says: Type.String(),
      ok: Type.Boolean(),
      found: Type.Integer(),
      sample: Type.Array(Type.String()),
    }),
  ),
});
export type Rehearsal = Static<typeof Rehearsal>;

export const BackupView = Type.Object({
  name: Type.String(),
  kind: literals(backupKinds),
  host: Type.String(),
  folder: Type.String(),
  copyFolder: orNull(Type.String()),
  madeAt: EpochMs,
  durationMs: Type.Integer(),
  bytes: Type.Integer(),
  rows: Type.Integer(),
  withKeys: Type.Boolean(),
  verifiedAt: orNull(EpochMs),
  rehearsedAt: orNull(EpochMs),
  rehearsal: orNull(Rehearsal),
});
export type BackupView = Static<typeof BackupView>;
export const BackupParams = Type.Object({ id: Type.String({ pattern: '^[\\w.-]{1,80}$' }) });

export const backupSettingsFields = {
  enabled: Type.Boolean(),
  time: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: 'When, each day' }),
  timeZone: Type.String({ pattern: '^[A-Za-z0-9_+/-]{1,40}$', description: 'Of that time, for example Asia/Shanghai' }),
  keepDays: Type.Integer({ minimum: 1, maximum: 90, description: 'The last backup of each of so many days is kept' }),
  keepWeeks: Type.Integer({ minimum: 0, maximum: 104, description: 'And the last of each of so many weeks' }),
  withKeys: Type.Boolean({ description: 'With the key files: then whoever has the backup can read the cards' }),
  rehearse: Type.Boolean({ description: 'Once a week the latest one is restored into a scratch database and audited' }),
};
export const BackupSettings = Type.Object({ ...backupSettingsFields, version: Type.Integer() });
export type BackupSettings = Static<typeof BackupSettings>;
export const UpdateBackupSettingsBody = Type.Object(
  { ...backupSettingsFields, version: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }) },
  { additionalProperties: false },
);
export type UpdateBackupSettingsBody = Static<typeof UpdateBackupSettingsBody>;

export const BackupList = Type.Object({
  backups: Type.Array(BackupView),
  settings: BackupSettings,
  nextAt: orNull(EpochMs),
  folder: Type.String({ description: 'Where the worker puts them' }),
  copyFolder: orNull(Type.String({ description: 'Where it puts a second copy' })),
  keyFile: Type.String({ description: 'What has to be kept beside backups without keys' }),
});
export type BackupList = Static<typeof BackupList>;

// --- the system --------------------------------------------------------------------------------------------------

export const ProcessView = Type.Object({
  id: Type.String(),
  host: Type.String(),
  roles: Type.Array(Type.String()),
  version: Type.String(),
  node: Type.String(),
  startedAt: EpochMs,
  seenAt: EpochMs,
  silent: Type.Boolean({ description: 'Has not been heard of for half a minute' }),
});
export type ProcessView = Static<typeof ProcessView>;

export const ScanView = Type.Object({
  name: Type.String(),
  says: Type.String(),
  everyMs: Type.Integer(),
  lastAt: orNull(EpochMs),
  durationMs: orNull(Type.Integer()),
  found: orNull(Type.Integer()),
  mended: orNull(Type.Integer()),
  error: orNull(Type.String()),
});
export type ScanView = Static<typeof ScanView>;

export const DiskView = Type.Object({
  what: literals(['data', 'backups', 'copies']),
  path: Type.String(),
  freeBytes: Type.Integer(),
  totalBytes: Type.Integer(),
});

export const SystemView = Type.Object({
  version: Type.String(),
  node: Type.String(),
  environment: Type.String(),
  database: Type.Object({ kind: Type.String(), version: Type.String(), hosts: Type.Integer() }),
  migrations: Type.Object({ applied: Type.Array(Type.String()), pending: Type.Array(Type.String()) }),
  processes: Type.Array(ProcessView),
  leaders: Type.Array(Type.Object({ work: Type.String(), process: Type.String() })),
  disks: Type.Array(DiskView),
  keys: Type.Array(
    Type.Object({ id: Type.Integer(), rows: Type.Integer({ description: 'Cards and deliveries sealed with it' }) }),
  ),
  scans: Type.Array(ScanView),
  lastAudit: orNull(JobView),
});
export type SystemView = Static<typeof SystemView>;

export const DoctorReply = Type.Object({
  ok: Type.Boolean(),
  checks: Type.Array(
    Type.Object({
      name: Type.String(),
      level: literals(['ok', 'warn', 'bad']),
      says: Type.String({ description: 'English' }),
      code: Type.String({ description: 'Stable; contract/findings.ts lists them' }),
      values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
        description: 'What stands in the sentence, for other words',
      }),
    }),
  ),
});
export type DoctorReply = Static<typeof DoctorReply>;
