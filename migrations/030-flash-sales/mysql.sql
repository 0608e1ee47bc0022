CREATE TABLE flash_sales (
  id BIGINT NOT NULL AUTO_INCREMENT,
  sku_id BIGINT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  price_minor BIGINT NOT NULL,
  per_buyer_limit INT,
  quantity_limit INT,
  sold INT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY flash_sales_unique_sku_id (sku_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
ALTER TABLE order_lines ADD COLUMN flash_sale_id BIGINT;
