ALTER TABLE skus ADD COLUMN buyer_fields TEXT;
CREATE TABLE sku_webhooks (
  sku_id INTEGER NOT NULL,
  url TEXT NOT NULL,
  secret BLOB NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (sku_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE line_forms (
  order_id TEXT NOT NULL,
  line_no INTEGER NOT NULL,
  sku_id INTEGER NOT NULL,
  answers TEXT NOT NULL,
  secrets BLOB,
  key_id INTEGER,
  PRIMARY KEY (order_id, line_no)
) STRICT, WITHOUT ROWID;
