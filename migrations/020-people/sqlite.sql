ALTER TABLE users ADD COLUMN role TEXT;

ALTER TABLE users ADD COLUMN totp_secret BLOB;

ALTER TABLE users ADD COLUMN totp_on_at INTEGER;

ALTER TABLE users ADD COLUMN totp_last_step INTEGER;

UPDATE users SET role = 'owner' WHERE kind = 'owner';

ALTER TABLE sessions ADD COLUMN address TEXT;

ALTER TABLE sessions ADD COLUMN device TEXT;

CREATE TABLE recovery_codes (
  user_id INTEGER NOT NULL,
  code_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE password_links (
  token_hash TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX password_links_by_user_id ON password_links (user_id);
