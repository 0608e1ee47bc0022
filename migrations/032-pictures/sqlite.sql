CREATE TABLE pictures (
  id TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pictures_by_used_at ON pictures (used_at);

CREATE TABLE picture_files (
  picture_id TEXT NOT NULL,
  size INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (picture_id, size)
) STRICT;

CREATE TABLE product_pictures (
  product_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  picture_id TEXT NOT NULL,
  alt TEXT NOT NULL DEFAULT '',
  alt_en TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (product_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_pictures_by_picture_id ON product_pictures (picture_id);

ALTER TABLE categories ADD COLUMN icon_id TEXT;
