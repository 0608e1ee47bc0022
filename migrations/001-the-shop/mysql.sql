CREATE TABLE categories (
  id BIGINT NOT NULL AUTO_INCREMENT,
  slug VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(120) NOT NULL,
  translations MEDIUMTEXT,
  position INT NOT NULL DEFAULT 0,
  version INT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY categories_unique_slug (slug)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE products (
  id BIGINT NOT NULL AUTO_INCREMENT,
  slug VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  category_id BIGINT,
  name VARCHAR(160) NOT NULL,
  summary VARCHAR(400) NOT NULL DEFAULT '',
  description MEDIUMTEXT,
  image_url VARCHAR(400),
  translations MEDIUMTEXT,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
  position INT NOT NULL DEFAULT 0,
  is_sample INT NOT NULL DEFAULT 0,
  version INT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY products_unique_slug (slug),
  KEY products_by_status_position_id (status, position, id),
  KEY products_by_category_id (category_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE skus (
  id BIGINT NOT NULL AUTO_INCREMENT,
  product_id BIGINT NOT NULL,
  name VARCHAR(160) NOT NULL,
  translations MEDIUMTEXT,
  price_minor BIGINT NOT NULL,
  currency VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  delivery VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'cards',
  min_quantity INT NOT NULL DEFAULT 1,
  max_quantity INT NOT NULL DEFAULT 100,
  per_buyer_limit INT,
  low_stock_at INT NOT NULL DEFAULT 10,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
  position INT NOT NULL DEFAULT 0,
  version INT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  KEY skus_by_product_id_position_id (product_id, position, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE sku_price_steps (
  sku_id BIGINT NOT NULL,
  min_quantity INT NOT NULL,
  price_minor BIGINT NOT NULL,
  PRIMARY KEY (sku_id, min_quantity)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE card_batches (
  id BIGINT NOT NULL AUTO_INCREMENT,
  sku_id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  region VARCHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source VARCHAR(200) NOT NULL,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'running',
  total_lines INT NOT NULL DEFAULT 0,
  imported INT NOT NULL DEFAULT 0,
  duplicates INT NOT NULL DEFAULT 0,
  rejected INT NOT NULL DEFAULT 0,
  created_by VARCHAR(120) NOT NULL,
  created_at BIGINT NOT NULL,
  finished_at BIGINT,
  PRIMARY KEY (id),
  KEY card_batches_by_sku_id_region (sku_id, region)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE card_keys (
  id BIGINT NOT NULL AUTO_INCREMENT,
  card_no VARBINARY(8192),
  card_secret VARBINARY(8192) NOT NULL,
  card_no_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id BIGINT NOT NULL,
  sku_id BIGINT NOT NULL,
  region VARCHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status INT NOT NULL DEFAULT 0,
  version INT NOT NULL DEFAULT 0,
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin,
  sale_time BIGINT,
  batch_id BIGINT NOT NULL,
  key_id INT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY card_keys_unique_card_no_hash (card_no_hash),
  KEY card_keys_by_sku_id_region_status_id (sku_id, region, status, id),
  KEY card_keys_by_order_id (order_id),
  KEY card_keys_by_key_id_id (key_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE card_issues (
  card_id BIGINT NOT NULL,
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_no INT NOT NULL,
  sku_id BIGINT NOT NULL,
  issued_at BIGINT NOT NULL,
  PRIMARY KEY (card_id),
  KEY card_issues_by_order_id (order_id),
  KEY card_issues_by_issued_at (issued_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE loop_cards (
  sku_id BIGINT NOT NULL,
  secret VARBINARY(8192) NOT NULL,
  key_id INT NOT NULL,
  version INT NOT NULL DEFAULT 1,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (sku_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE loop_issues (
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_no INT NOT NULL,
  sku_id BIGINT NOT NULL,
  quantity INT NOT NULL,
  issued_at BIGINT NOT NULL,
  PRIMARY KEY (order_id, line_no),
  KEY loop_issues_by_sku_id (sku_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE manual_deliveries (
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_no INT NOT NULL,
  content VARBINARY(8192) NOT NULL,
  key_id INT NOT NULL,
  delivered_by VARCHAR(120) NOT NULL,
  delivered_at BIGINT NOT NULL,
  PRIMARY KEY (order_id, line_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE orders (
  id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  region VARCHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  currency VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  total_minor BIGINT NOT NULL,
  discount_minor BIGINT NOT NULL DEFAULT 0,
  received_minor BIGINT NOT NULL DEFAULT 0,
  refunded_minor BIGINT NOT NULL DEFAULT 0,
  coupon_id BIGINT,
  user_id BIGINT,
  contact VARCHAR(120) NOT NULL,
  contact_key VARCHAR(120) NOT NULL,
  lookup_hash VARCHAR(88) CHARACTER SET ascii COLLATE ascii_bin,
  token_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  token_salt VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin,
  request_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_key VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  device_key VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin,
  lang VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'zh',
  risk_score INT NOT NULL DEFAULT 0,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  paid_at BIGINT,
  delivered_at BIGINT,
  closed_at BIGINT,
  version INT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY orders_unique_idempotency_hash (idempotency_hash),
  KEY orders_by_status_expires_at (status, expires_at),
  KEY orders_by_contact_key_status (contact_key, status),
  KEY orders_by_client_key_status (client_key, status),
  KEY orders_by_device_key_status (device_key, status),
  KEY orders_by_user_id_id (user_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE order_lines (
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_no INT NOT NULL,
  sku_id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  product_name VARCHAR(160) NOT NULL,
  sku_name VARCHAR(160) NOT NULL,
  delivery VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  quantity INT NOT NULL,
  unit_price_minor BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL,
  delivered_at BIGINT,
  PRIMARY KEY (order_id, line_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE order_access (
  token_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  purpose VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (token_hash),
  KEY order_access_by_expires_at (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE channels (
  code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(80) NOT NULL,
  enabled INT NOT NULL DEFAULT 1,
  priority INT NOT NULL DEFAULT 0,
  config VARBINARY(8192),
  version INT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE payments (
  id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempt_no INT NOT NULL,
  channel VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  received_minor BIGINT NOT NULL DEFAULT 0,
  refunded_minor BIGINT NOT NULL DEFAULT 0,
  trade_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  action MEDIUMTEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  succeeded_at BIGINT,
  next_query_at BIGINT,
  query_count INT NOT NULL DEFAULT 0,
  version INT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY payments_by_order_id (order_id),
  KEY payments_by_next_query_at (next_query_at),
  KEY payments_by_trade_no (trade_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE payment_evidence (
  channel VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  trade_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payment_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin,
  amount_minor BIGINT NOT NULL,
  currency VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  outcome VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  raw MEDIUMTEXT,
  paid_at BIGINT,
  received_at BIGINT NOT NULL,
  PRIMARY KEY (channel, trade_no),
  KEY payment_evidence_by_payment_id (payment_id),
  KEY payment_evidence_by_order_id (order_id),
  KEY payment_evidence_by_received_at (received_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE refunds (
  refund_no VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payment_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  trade_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mode VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(300) NOT NULL,
  requested_by VARCHAR(120) NOT NULL,
  attempts INT NOT NULL DEFAULT 0,
  last_error VARCHAR(300),
  next_attempt_at BIGINT,
  created_at BIGINT NOT NULL,
  finished_at BIGINT,
  version INT NOT NULL DEFAULT 0,
  PRIMARY KEY (refund_no),
  KEY refunds_by_order_id (order_id),
  KEY refunds_by_payment_id (payment_id),
  KEY refunds_by_next_attempt_at (next_attempt_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE outbox (
  id VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  topic VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payload MEDIUMTEXT NOT NULL,
  status VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'pending',
  attempts INT NOT NULL DEFAULT 0,
  next_at BIGINT,
  lease_owner VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin,
  lease_until BIGINT,
  last_error VARCHAR(300),
  created_at BIGINT NOT NULL,
  done_at BIGINT,
  PRIMARY KEY (id),
  KEY outbox_by_status_next_at (status, next_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE review_cases (
  id BIGINT NOT NULL AUTO_INCREMENT,
  case_key VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open',
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin,
  payment_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin,
  trade_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  detail MEDIUMTEXT NOT NULL,
  resolution VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  resolved_by VARCHAR(120),
  reason VARCHAR(300),
  created_at BIGINT NOT NULL,
  resolved_at BIGINT,
  version INT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY review_cases_unique_case_key (case_key),
  KEY review_cases_by_status_id (status, id),
  KEY review_cases_by_order_id (order_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE coupons (
  id BIGINT NOT NULL AUTO_INCREMENT,
  code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  value BIGINT NOT NULL,
  currency VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin,
  product_id BIGINT,
  min_total_minor BIGINT NOT NULL DEFAULT 0,
  max_uses INT,
  used INT NOT NULL DEFAULT 0,
  starts_at BIGINT,
  ends_at BIGINT,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
  version INT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY coupons_unique_code (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE users (
  id BIGINT NOT NULL AUTO_INCREMENT,
  kind VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  login VARCHAR(120) NOT NULL,
  password_hash VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  display_name VARCHAR(80) NOT NULL,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  UNIQUE KEY users_unique_kind_login (kind, login)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE sessions (
  token_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id BIGINT NOT NULL,
  csrf_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (token_hash),
  KEY sessions_by_user_id (user_id),
  KEY sessions_by_expires_at (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE api_tokens (
  id BIGINT NOT NULL AUTO_INCREMENT,
  name VARCHAR(120) NOT NULL,
  token_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  scopes MEDIUMTEXT NOT NULL,
  created_by VARCHAR(120) NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  expires_at BIGINT,
  revoked_at BIGINT,
  PRIMARY KEY (id),
  UNIQUE KEY api_tokens_unique_token_hash (token_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE audit_log (
  id BIGINT NOT NULL AUTO_INCREMENT,
  at BIGINT NOT NULL,
  actor VARCHAR(120) NOT NULL,
  action VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin,
  reason VARCHAR(300),
  before_state MEDIUMTEXT,
  after_state MEDIUMTEXT,
  request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  PRIMARY KEY (id),
  KEY audit_log_by_subject (subject),
  KEY audit_log_by_order_id (order_id),
  KEY audit_log_by_action_id (action, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE settings (
  name VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  value MEDIUMTEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE leases (
  name VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fencing BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE sandbox_trades (
  out_trade_no VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  trade_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  refunded_minor BIGINT NOT NULL DEFAULT 0,
  refund_nos MEDIUMTEXT NOT NULL,
  created_at BIGINT NOT NULL,
  paid_at BIGINT,
  PRIMARY KEY (out_trade_no, trade_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
