ALTER TABLE users
  ADD COLUMN role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN totp_secret VARBINARY(200),
  ADD COLUMN totp_on_at BIGINT,
  ADD COLUMN totp_last_step BIGINT;

UPDATE users SET role = 'owner' WHERE kind = 'owner';

ALTER TABLE sessions
  ADD COLUMN address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN device VARCHAR(200);

CREATE TABLE recovery_codes (
  user_id BIGINT NOT NULL,
  code_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, code_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE password_links (
  token_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (token_hash),
  KEY password_links_by_user_id (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
