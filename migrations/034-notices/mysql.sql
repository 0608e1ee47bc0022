CREATE TABLE shop_events (
  id BIGINT NOT NULL AUTO_INCREMENT,
  event_key VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin,
  detail MEDIUMTEXT NOT NULL,
  created_at BIGINT NOT NULL,
  spread_at BIGINT,
  PRIMARY KEY (id),
  UNIQUE KEY shop_events_unique_event_key (event_key),
  KEY shop_events_by_spread_at (spread_at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE alarms (
  name VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  round INT NOT NULL DEFAULT 1,
  raised_at BIGINT NOT NULL,
  renewed_at BIGINT NOT NULL,
  over_at BIGINT,
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE notice_targets (
  id BIGINT NOT NULL AUTO_INCREMENT,
  kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(80) NOT NULL,
  lang VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'zh',
  enabled TINYINT NOT NULL DEFAULT 1,
  config MEDIUMBLOB NOT NULL,
  events MEDIUMTEXT NOT NULL,
  quiet_from SMALLINT,
  quiet_to SMALLINT,
  utc_offset SMALLINT NOT NULL DEFAULT 480,
  request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  version INT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY notice_targets_unique_request_id (request_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE notice_waiting (
  target_id BIGINT NOT NULL,
  event_id BIGINT NOT NULL,
  severity VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  delivery_id BIGINT,
  PRIMARY KEY (target_id, event_id),
  KEY notice_waiting_by_delivery_id (delivery_id, target_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE notice_deliveries (
  id BIGINT NOT NULL AUTO_INCREMENT,
  target_id BIGINT NOT NULL,
  severity VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event_count INT NOT NULL,
  message MEDIUMTEXT NOT NULL,
  answer VARCHAR(300),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  KEY notice_deliveries_by_target_id (target_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
