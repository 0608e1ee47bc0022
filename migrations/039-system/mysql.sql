CREATE TABLE system_jobs (
  id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  job_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  params TEXT NOT NULL,
  status VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  requested_by VARCHAR(120) NOT NULL,
  requested_at BIGINT NOT NULL,
  started_at BIGINT,
  finished_at BIGINT,
  host VARCHAR(255),
  progress VARCHAR(300),
  result MEDIUMTEXT,
  error TEXT,
  PRIMARY KEY (id),
  UNIQUE KEY system_jobs_unique_job_key (job_key),
  KEY system_jobs_by_status (status, id),
  KEY system_jobs_by_kind (kind, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE backups (
  name VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  host VARCHAR(255) NOT NULL,
  folder VARCHAR(1000) NOT NULL,
  copy_folder VARCHAR(1000),
  made_at BIGINT NOT NULL,
  duration_ms BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  with_keys TINYINT NOT NULL,
  verified_at BIGINT,
  rehearsed_at BIGINT,
  rehearsal MEDIUMTEXT,
  removed_at BIGINT,
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE processes (
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  host VARCHAR(255) NOT NULL,
  roles VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version VARCHAR(40) NOT NULL,
  node VARCHAR(40) NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  detail MEDIUMTEXT NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
