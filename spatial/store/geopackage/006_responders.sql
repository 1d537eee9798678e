-- Who is on duty, and where they were last: changed in place, in no event, and erased when it is due.

CREATE TABLE responders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL UNIQUE,
  district TEXT NOT NULL REFERENCES districts (slug),
  name TEXT NOT NULL,
  department TEXT,
  path TEXT,
  on_duty_since DATETIME,
  lon DOUBLE,
  lat DOUBLE,
  accuracy_m DOUBLE,
  seen_at DATETIME
);
CREATE INDEX responders_duty ON responders (district, on_duty_since);
