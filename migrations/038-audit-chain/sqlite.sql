CREATE TABLE audit_chain (
  seq INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  sealed_at INTEGER NOT NULL,
  PRIMARY KEY (seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX audit_chain_unique_entry_id ON audit_chain (entry_id);
