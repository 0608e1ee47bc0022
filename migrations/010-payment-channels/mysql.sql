ALTER TABLE payments ADD COLUMN reference VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin;

ALTER TABLE refunds ADD COLUMN reference VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin;

ALTER TABLE channels
  ADD COLUMN name_en VARCHAR(80) NOT NULL DEFAULT '',
  ADD COLUMN fee_basis_points INT NOT NULL DEFAULT 0,
  MODIFY COLUMN config MEDIUMBLOB;

CREATE TABLE channel_health (
  channel VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  blocked_by VARCHAR(120),
  reason VARCHAR(300) NOT NULL DEFAULT '',
  since BIGINT NOT NULL,
  probe_at BIGINT,
  probes INT NOT NULL DEFAULT 0,
  version INT NOT NULL DEFAULT 0,
  PRIMARY KEY (channel)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE payment_messages (
  id BIGINT NOT NULL AUTO_INCREMENT,
  channel VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  digest VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payment_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  trade_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  raw MEDIUMTEXT NOT NULL,
  received_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY payment_messages_unique_channel_digest (channel, digest),
  KEY payment_messages_by_payment_id (payment_id),
  KEY payment_messages_by_trade_no (trade_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
