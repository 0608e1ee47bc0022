CREATE TABLE categories (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  translations TEXT,
  position INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX categories_unique_slug ON categories (slug);

CREATE TABLE products (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL,
  category_id INTEGER,
  name TEXT NOT NULL,
  summary TEXT NOT NULL DEFAULT '',
  description TEXT,
  image_url TEXT,
  translations TEXT,
  status TEXT NOT NULL DEFAULT 'active',
  position INTEGER NOT NULL DEFAULT 0,
  is_sample INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX products_unique_slug ON products (slug);
CREATE INDEX products_by_status_position_id ON products (status, position, id);
CREATE INDEX products_by_category_id ON products (category_id);

CREATE TABLE skus (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  product_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  translations TEXT,
  price_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  delivery TEXT NOT NULL DEFAULT 'cards',
  min_quantity INTEGER NOT NULL DEFAULT 1,
  max_quantity INTEGER NOT NULL DEFAULT 100,
  per_buyer_limit INTEGER,
  low_stock_at INTEGER NOT NULL DEFAULT 10,
  status TEXT NOT NULL DEFAULT 'active',
  position INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX skus_by_product_id_position_id ON skus (product_id, position, id);

CREATE TABLE sku_price_steps (
  sku_id INTEGER NOT NULL,
  min_quantity INTEGER NOT NULL,
  price_minor INTEGER NOT NULL,
  PRIMARY KEY (sku_id, min_quantity)
) STRICT, WITHOUT ROWID;

CREATE TABLE card_batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sku_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  region TEXT NOT NULL,
  source TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'running',
  total_lines INTEGER NOT NULL DEFAULT 0,
  imported INTEGER NOT NULL DEFAULT 0,
  duplicates INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX card_batches_by_sku_id_region ON card_batches (sku_id, region);

CREATE TABLE card_keys (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  card_no BLOB,
  card_secret BLOB NOT NULL,
  card_no_hash TEXT NOT NULL,
  product_id INTEGER NOT NULL,
  sku_id INTEGER NOT NULL,
  region TEXT NOT NULL,
  status INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 0,
  order_id TEXT,
  sale_time INTEGER,
  batch_id INTEGER NOT NULL,
  key_id INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX card_keys_unique_card_no_hash ON card_keys (card_no_hash);
CREATE INDEX card_keys_by_sku_id_region_status_id ON card_keys (sku_id, region, status, id);
CREATE INDEX card_keys_by_order_id ON card_keys (order_id);
CREATE INDEX card_keys_by_key_id_id ON card_keys (key_id, id);

CREATE TABLE card_issues (
  card_id INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  line_no INTEGER NOT NULL,
  sku_id INTEGER NOT NULL,
  issued_at INTEGER NOT NULL,
  PRIMARY KEY (card_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_issues_by_order_id ON card_issues (order_id);
CREATE INDEX card_issues_by_issued_at ON card_issues (issued_at);

CREATE TABLE loop_cards (
  sku_id INTEGER NOT NULL,
  secret BLOB NOT NULL,
  key_id INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (sku_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE loop_issues (
  order_id TEXT NOT NULL,
  line_no INTEGER NOT NULL,
  sku_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  issued_at INTEGER NOT NULL,
  PRIMARY KEY (order_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX loop_issues_by_sku_id ON loop_issues (sku_id);

CREATE TABLE manual_deliveries (
  order_id TEXT NOT NULL,
  line_no INTEGER NOT NULL,
  content BLOB NOT NULL,
  key_id INTEGER NOT NULL,
  delivered_by TEXT NOT NULL,
  delivered_at INTEGER NOT NULL,
  PRIMARY KEY (order_id, line_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE orders (
  id TEXT NOT NULL,
  region TEXT NOT NULL,
  status TEXT NOT NULL,
  currency TEXT NOT NULL,
  total_minor INTEGER NOT NULL,
  discount_minor INTEGER NOT NULL DEFAULT 0,
  received_minor INTEGER NOT NULL DEFAULT 0,
  refunded_minor INTEGER NOT NULL DEFAULT 0,
  coupon_id INTEGER,
  user_id INTEGER,
  contact TEXT NOT NULL,
  contact_key TEXT NOT NULL,
  lookup_hash TEXT,
  token_hash TEXT NOT NULL,
  token_salt TEXT NOT NULL,
  idempotency_hash TEXT,
  request_hash TEXT NOT NULL,
  client_key TEXT NOT NULL,
  device_key TEXT,
  lang TEXT NOT NULL DEFAULT 'zh',
  risk_score INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  paid_at INTEGER,
  delivered_at INTEGER,
  closed_at INTEGER,
  version INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX orders_unique_idempotency_hash ON orders (idempotency_hash);
CREATE INDEX orders_by_status_expires_at ON orders (status, expires_at) WHERE status <> 'delivered';
CREATE INDEX orders_by_contact_key_status ON orders (contact_key, status);
CREATE INDEX orders_by_client_key_status ON orders (client_key, status) WHERE status = 'pending';
CREATE INDEX orders_by_device_key_status ON orders (device_key, status) WHERE status = 'pending' AND device_key IS NOT NULL;
CREATE INDEX orders_by_user_id_id ON orders (user_id, id) WHERE user_id IS NOT NULL;

CREATE TABLE order_lines (
  order_id TEXT NOT NULL,
  line_no INTEGER NOT NULL,
  sku_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  product_name TEXT NOT NULL,
  sku_name TEXT NOT NULL,
  delivery TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  unit_price_minor INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL,
  delivered_at INTEGER,
  PRIMARY KEY (order_id, line_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_access (
  token_hash TEXT NOT NULL,
  order_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_access_by_expires_at ON order_access (expires_at);

CREATE TABLE channels (
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1,
  priority INTEGER NOT NULL DEFAULT 0,
  config BLOB,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (code)
) STRICT, WITHOUT ROWID;

CREATE TABLE payments (
  id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  attempt_no INTEGER NOT NULL,
  channel TEXT NOT NULL,
  status TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  received_minor INTEGER NOT NULL DEFAULT 0,
  refunded_minor INTEGER NOT NULL DEFAULT 0,
  trade_no TEXT,
  action TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  succeeded_at INTEGER,
  next_query_at INTEGER,
  query_count INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX payments_by_order_id ON payments (order_id);
CREATE INDEX payments_by_next_query_at ON payments (next_query_at) WHERE next_query_at IS NOT NULL;
CREATE INDEX payments_by_trade_no ON payments (trade_no);

CREATE TABLE payment_evidence (
  channel TEXT NOT NULL,
  trade_no TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  order_id TEXT,
  amount_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  merchant TEXT NOT NULL,
  source TEXT NOT NULL,
  outcome TEXT NOT NULL,
  raw TEXT,
  paid_at INTEGER,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (channel, trade_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_evidence_by_payment_id ON payment_evidence (payment_id);
CREATE INDEX payment_evidence_by_order_id ON payment_evidence (order_id);
CREATE INDEX payment_evidence_by_received_at ON payment_evidence (received_at);

CREATE TABLE refunds (
  refund_no TEXT NOT NULL,
  order_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  trade_no TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  status TEXT NOT NULL,
  mode TEXT NOT NULL,
  reason TEXT NOT NULL,
  requested_by TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  last_error TEXT,
  next_attempt_at INTEGER,
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  version INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (refund_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX refunds_by_order_id ON refunds (order_id);
CREATE INDEX refunds_by_payment_id ON refunds (payment_id);
CREATE INDEX refunds_by_next_attempt_at ON refunds (next_attempt_at);

CREATE TABLE outbox (
  id TEXT NOT NULL,
  topic TEXT NOT NULL,
  payload TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending',
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER,
  lease_owner TEXT,
  lease_until INTEGER,
  last_error TEXT,
  created_at INTEGER NOT NULL,
  done_at INTEGER,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_by_status_next_at ON outbox (status, next_at);

CREATE TABLE review_cases (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  case_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'open',
  order_id TEXT,
  payment_id TEXT,
  trade_no TEXT,
  detail TEXT NOT NULL,
  resolution TEXT,
  resolved_by TEXT,
  reason TEXT,
  created_at INTEGER NOT NULL,
  resolved_at INTEGER,
  version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX review_cases_unique_case_key ON review_cases (case_key);
CREATE INDEX review_cases_by_status_id ON review_cases (status, id);
CREATE INDEX review_cases_by_order_id ON review_cases (order_id);

CREATE TABLE coupons (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  value INTEGER NOT NULL,
  currency TEXT,
  product_id INTEGER,
  min_total_minor INTEGER NOT NULL DEFAULT 0,
  max_uses INTEGER,
  used INTEGER NOT NULL DEFAULT 0,
  starts_at INTEGER,
  ends_at INTEGER,
  status TEXT NOT NULL DEFAULT 'active',
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX coupons_unique_code ON coupons (code);

CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  login TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  display_name TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'active',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX users_unique_kind_login ON users (kind, login);

CREATE TABLE sessions (
  token_hash TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  csrf_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user_id ON sessions (user_id);
CREATE INDEX sessions_by_expires_at ON sessions (expires_at);

CREATE TABLE api_tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  expires_at INTEGER,
  revoked_at INTEGER
) STRICT;
CREATE UNIQUE INDEX api_tokens_unique_token_hash ON api_tokens (token_hash);

CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  order_id TEXT,
  reason TEXT,
  before_state TEXT,
  after_state TEXT,
  request_id TEXT
) STRICT;
CREATE INDEX audit_log_by_subject ON audit_log (subject);
CREATE INDEX audit_log_by_order_id ON audit_log (order_id);
CREATE INDEX audit_log_by_action_id ON audit_log (action, id);

CREATE TABLE settings (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;

CREATE TABLE leases (
  name TEXT NOT NULL,
  holder TEXT NOT NULL,
  fencing INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;

CREATE TABLE sandbox_trades (
  out_trade_no TEXT NOT NULL,
  trade_no TEXT NOT NULL,
  status TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  refunded_minor INTEGER NOT NULL DEFAULT 0,
  refund_nos TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  paid_at INTEGER,
  PRIMARY KEY (out_trade_no, trade_no)
) STRICT, WITHOUT ROWID;
