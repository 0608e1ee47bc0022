CREATE TABLE coupon_sets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  codes INTEGER NOT NULL,
  claims INTEGER NOT NULL DEFAULT 0,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

ALTER TABLE coupons ADD COLUMN set_id INTEGER;

ALTER TABLE coupons ADD COLUMN per_buyer INTEGER;

CREATE INDEX coupons_by_set_id_id ON coupons (set_id, id);

CREATE INDEX card_keys_by_batch_id_id ON card_keys (batch_id, id);

CREATE INDEX review_cases_by_kind_id ON review_cases (kind, id);
