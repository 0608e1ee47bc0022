CREATE TABLE system_jobs (
  id TEXT NOT NULL,
  job_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  params TEXT NOT NULL,
  status TEXT NOT NULL,
  requested_by TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  host TEXT,
  progress TEXT,
  result TEXT,
  error TEXT,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX system_jobs_unique_job_key ON system_jobs (job_key);
CREATE INDEX system_jobs_by_status ON system_jobs (status, id);
CREATE INDEX system_jobs_by_kind ON system_jobs (kind, id);

CREATE TABLE backups (
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  host TEXT NOT NULL,
  folder TEXT NOT NULL,
  copy_folder TEXT,
  made_at INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  with_keys INTEGER NOT NULL,
  verified_at INTEGER,
  rehearsed_at INTEGER,
  rehearsal TEXT,
  removed_at INTEGER,
  PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;

CREATE TABLE processes (
  id TEXT NOT NULL,
  host TEXT NOT NULL,
  roles TEXT NOT NULL,
  version TEXT NOT NULL,
  node TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
