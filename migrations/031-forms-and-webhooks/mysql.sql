ALTER TABLE skus ADD COLUMN buyer_fields MEDIUMTEXT;
CREATE TABLE sku_webhooks (
  sku_id BIGINT NOT NULL,
  url VARCHAR(500) NOT NULL,
  secret BLOB NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (sku_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE line_forms (
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_no INT NOT NULL,
  sku_id BIGINT NOT NULL,
  answers MEDIUMTEXT NOT NULL,
  secrets VARBINARY(8192),
  key_id INT,
  PRIMARY KEY (order_id, line_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
