CREATE TABLE bill_rows (
  channel VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bill_date VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  row_no INT NOT NULL,
  type VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  trade_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  out_trade_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  refund_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  amount_minor BIGINT NOT NULL,
  currency VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fee_minor BIGINT,
  status VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  happened_at BIGINT,
  PRIMARY KEY (channel, bill_date, row_no),
  KEY bill_rows_by_trade_no (trade_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE bill_reports (
  channel VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bill_date VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ok INT NOT NULL,
  report MEDIUMTEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (channel, bill_date),
  KEY bill_reports_by_bill_date (bill_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
