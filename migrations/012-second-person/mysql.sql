ALTER TABLE review_cases
  ADD COLUMN proposed_action VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN proposed_by VARCHAR(120),
  ADD COLUMN proposed_at BIGINT;
