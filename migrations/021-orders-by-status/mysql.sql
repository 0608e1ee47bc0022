CREATE INDEX orders_by_status_id ON orders (status, id);
