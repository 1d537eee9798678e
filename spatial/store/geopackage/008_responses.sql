-- Graded responses: what was switched on for which shape, and the report with which it ended.
-- The shape is GeoJSON, kept as it was switched on: no statement asks where it lies.

CREATE TABLE responses (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  district TEXT NOT NULL REFERENCES districts (slug),
  code TEXT NOT NULL,
  level INTEGER NOT NULL,
  kind TEXT NOT NULL,
  shape TEXT NOT NULL,
  path TEXT NOT NULL,
  reason TEXT NOT NULL,
  opened_at DATETIME NOT NULL,
  opened_by TEXT NOT NULL,
  version INTEGER NOT NULL,
  closed_at DATETIME,
  closed_by TEXT,
  report TEXT,
  UNIQUE (district, code)
);
