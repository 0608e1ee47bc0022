CREATE TABLE coupon_sets (
  id BIGINT NOT NULL AUTO_INCREMENT,
  name VARCHAR(80) NOT NULL,
  prefix VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  codes INT NOT NULL,
  claims BIGINT NOT NULL DEFAULT 0,
  created_by VARCHAR(120) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

ALTER TABLE coupons
  ADD COLUMN set_id BIGINT,
  ADD COLUMN per_buyer INT,
  ADD KEY coupons_by_set_id_id (set_id, id);

CREATE INDEX card_keys_by_batch_id_id ON card_keys (batch_id, id);

CREATE INDEX review_cases_by_kind_id ON review_cases (kind, id);
