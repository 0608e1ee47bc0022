CREATE TABLE tickets (
  id TEXT NOT NULL PRIMARY KEY,
  token_hash TEXT NOT NULL,
  status TEXT NOT NULL,
  order_id TEXT,
  problem TEXT,
  created_at INTEGER NOT NULL,
  settled_at INTEGER NOT NULL
) STRICT;

CREATE INDEX tickets_by_settled_at ON tickets (settled_at);
