CREATE TABLE tickets (
  id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  token_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin,
  problem VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin,
  created_at BIGINT NOT NULL,
  settled_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  KEY tickets_by_settled_at (settled_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
