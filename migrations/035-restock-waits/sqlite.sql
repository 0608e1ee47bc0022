CREATE TABLE restock_waits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sku_id INTEGER NOT NULL,
  contact_key TEXT NOT NULL,
  contact TEXT NOT NULL,
  lang TEXT NOT NULL,
  token TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  told_at INTEGER
) STRICT;
CREATE UNIQUE INDEX restock_waits_unique_contact ON restock_waits (contact_key, sku_id);
CREATE UNIQUE INDEX restock_waits_unique_token ON restock_waits (token);
CREATE INDEX restock_waits_by_sku_id ON restock_waits (sku_id, told_at, id);
