CREATE TABLE pictures (
  id VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  width INT NOT NULL,
  height INT NOT NULL,
  used_at BIGINT NOT NULL,
  version INT NOT NULL DEFAULT 1,
  created_by VARCHAR(120) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  KEY pictures_by_used_at (used_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE picture_files (
  picture_id VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  size INT NOT NULL,
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (picture_id, size)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE product_pictures (
  product_id BIGINT NOT NULL,
  position INT NOT NULL,
  picture_id VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  alt VARCHAR(200) NOT NULL DEFAULT '',
  alt_en VARCHAR(200) NOT NULL DEFAULT '',
  PRIMARY KEY (product_id, position),
  KEY product_pictures_by_picture_id (picture_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

ALTER TABLE categories
  ADD COLUMN icon_id VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin;
