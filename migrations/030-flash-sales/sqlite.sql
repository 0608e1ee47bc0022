CREATE TABLE flash_sales (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sku_id INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  price_minor INTEGER NOT NULL,
  per_buyer_limit INTEGER,
  quantity_limit INTEGER,
  sold INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX flash_sales_unique_sku_id ON flash_sales (sku_id);
ALTER TABLE order_lines ADD COLUMN flash_sale_id INTEGER;
