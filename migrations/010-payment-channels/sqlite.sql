ALTER TABLE payments ADD COLUMN reference TEXT;

ALTER TABLE refunds ADD COLUMN reference TEXT;

ALTER TABLE channels ADD COLUMN name_en TEXT NOT NULL DEFAULT '';

ALTER TABLE channels ADD COLUMN fee_basis_points INTEGER NOT NULL DEFAULT 0;

CREATE TABLE channel_health (
  channel TEXT NOT NULL,
  blocked_by TEXT,
  reason TEXT NOT NULL DEFAULT '',
  since INTEGER NOT NULL,
  probe_at INTEGER,
  probes INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (channel)
) STRICT;

CREATE TABLE payment_messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL,
  digest TEXT NOT NULL,
  kind TEXT NOT NULL,
  payment_id TEXT,
  trade_no TEXT,
  raw TEXT NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX payment_messages_unique_channel_digest ON payment_messages (channel, digest);
CREATE INDEX payment_messages_by_payment_id ON payment_messages (payment_id);
CREATE INDEX payment_messages_by_trade_no ON payment_messages (trade_no);
