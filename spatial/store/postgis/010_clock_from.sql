-- From when its limits count: of its report, or of its reopening. Without it they count from the report.

ALTER TABLE incidents ADD COLUMN clock_from timestamptz;
