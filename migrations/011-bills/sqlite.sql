CREATE TABLE bill_rows (
  channel TEXT NOT NULL,
  bill_date TEXT NOT NULL,
  row_no INTEGER NOT NULL,
  type TEXT NOT NULL,
  trade_no TEXT NOT NULL,
  out_trade_no TEXT,
  refund_no TEXT,
  amount_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  fee_minor INTEGER,
  status TEXT NOT NULL,
  happened_at INTEGER,
  PRIMARY KEY (channel, bill_date, row_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX bill_rows_by_trade_no ON bill_rows (trade_no);

CREATE TABLE bill_reports (
  channel TEXT NOT NULL,
  bill_date TEXT NOT NULL,
  ok INTEGER NOT NULL,
  report TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (channel, bill_date)
) STRICT, WITHOUT ROWID;
CREATE INDEX bill_reports_by_bill_date ON bill_reports (bill_date);
