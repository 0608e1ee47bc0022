CREATE TABLE audit_chain (
  seq BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  prev_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sealed_at BIGINT NOT NULL,
  PRIMARY KEY (seq),
  UNIQUE KEY audit_chain_unique_entry_id (entry_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
