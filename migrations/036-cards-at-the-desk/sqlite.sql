ALTER TABLE sessions ADD COLUMN proved_at INTEGER;

ALTER TABLE card_keys ADD COLUMN off_reason TEXT;

ALTER TABLE card_keys ADD COLUMN off_at INTEGER;

ALTER TABLE card_keys ADD COLUMN exported_at INTEGER;

CREATE TABLE stock_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sku_id INTEGER NOT NULL,
  region TEXT NOT NULL,
  kind TEXT NOT NULL,
  cards INTEGER NOT NULL,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX stock_changes_by_sku_id_region ON stock_changes (sku_id, region);

CREATE TABLE card_replacements (
  card_id INTEGER NOT NULL,
  new_card_id INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  line_no INTEGER NOT NULL,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  request_id TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (card_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX card_replacements_unique_new_card_id ON card_replacements (new_card_id);
CREATE INDEX card_replacements_by_order_id ON card_replacements (order_id);

CREATE TABLE proposals (
  subject TEXT NOT NULL,
  action TEXT NOT NULL,
  order_id TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  terms TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  proposed_at INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (subject, action)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposals_by_order_id ON proposals (order_id);
CREATE INDEX proposals_by_proposed_at ON proposals (proposed_at);
