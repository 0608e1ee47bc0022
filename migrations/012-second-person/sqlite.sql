ALTER TABLE review_cases ADD COLUMN proposed_action TEXT;

ALTER TABLE review_cases ADD COLUMN proposed_by TEXT;

ALTER TABLE review_cases ADD COLUMN proposed_at INTEGER;
