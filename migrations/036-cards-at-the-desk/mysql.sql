ALTER TABLE sessions ADD COLUMN proved_at BIGINT;

ALTER TABLE card_keys
  ADD COLUMN off_reason VARCHAR(300),
  ADD COLUMN off_at BIGINT,
  ADD COLUMN exported_at BIGINT;

CREATE TABLE stock_changes (
  id BIGINT NOT NULL AUTO_INCREMENT,
  sku_id BIGINT NOT NULL,
  region VARCHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cards INT NOT NULL,
  actor VARCHAR(120) NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (id),
  KEY stock_changes_by_sku_id_region (sku_id, region)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE card_replacements (
  card_id BIGINT NOT NULL,
  new_card_id BIGINT NOT NULL,
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_no INT NOT NULL,
  reason VARCHAR(300) NOT NULL,
  actor VARCHAR(120) NOT NULL,
  request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  at BIGINT NOT NULL,
  PRIMARY KEY (card_id),
  UNIQUE KEY card_replacements_unique_new_card_id (new_card_id),
  KEY card_replacements_by_order_id (order_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE proposals (
  subject VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  action VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor BIGINT NOT NULL,
  terms VARCHAR(400) NOT NULL,
  proposed_by VARCHAR(120) NOT NULL,
  reason VARCHAR(300) NOT NULL,
  proposed_at BIGINT NOT NULL,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (subject, action),
  KEY proposals_by_order_id (order_id),
  KEY proposals_by_proposed_at (proposed_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
