CREATE TABLE restock_waits (
  id BIGINT NOT NULL AUTO_INCREMENT,
  sku_id BIGINT NOT NULL,
  contact_key VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  contact VARCHAR(255) NOT NULL,
  lang VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  token VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at BIGINT NOT NULL,
  told_at BIGINT,
  PRIMARY KEY (id),
  UNIQUE KEY restock_waits_unique_contact (contact_key, sku_id),
  UNIQUE KEY restock_waits_unique_token (token),
  KEY restock_waits_by_sku_id (sku_id, told_at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
