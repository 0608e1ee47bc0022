CREATE TABLE shop_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_key TEXT NOT NULL,
  event TEXT NOT NULL,
  order_id TEXT,
  detail TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  spread_at INTEGER
) STRICT;
CREATE UNIQUE INDEX shop_events_unique_event_key ON shop_events (event_key);
CREATE INDEX shop_events_by_spread_at ON shop_events (spread_at, id);

CREATE TABLE alarms (
  name TEXT NOT NULL,
  round INTEGER NOT NULL DEFAULT 1,
  raised_at INTEGER NOT NULL,
  renewed_at INTEGER NOT NULL,
  over_at INTEGER,
  PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;

CREATE TABLE notice_targets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  lang TEXT NOT NULL DEFAULT 'zh',
  enabled INTEGER NOT NULL DEFAULT 1,
  config BLOB NOT NULL,
  events TEXT NOT NULL,
  quiet_from INTEGER,
  quiet_to INTEGER,
  utc_offset INTEGER NOT NULL DEFAULT 480,
  request_id TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX notice_targets_unique_request_id ON notice_targets (request_id);

CREATE TABLE notice_waiting (
  target_id INTEGER NOT NULL,
  event_id INTEGER NOT NULL,
  severity TEXT NOT NULL,
  delivery_id INTEGER,
  PRIMARY KEY (target_id, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_waiting_by_delivery_id ON notice_waiting (delivery_id, target_id);

CREATE TABLE notice_deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  target_id INTEGER NOT NULL,
  severity TEXT NOT NULL,
  event_count INTEGER NOT NULL,
  message TEXT NOT NULL,
  answer TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_deliveries_by_target_id ON notice_deliveries (target_id, id);
