CREATE INDEX refunds_by_created_at ON refunds (created_at, refund_no);
CREATE INDEX refunds_by_status_created_at ON refunds (status, created_at, refund_no);
CREATE INDEX refunds_by_trade_no ON refunds (trade_no);
