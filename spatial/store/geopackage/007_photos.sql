-- Photos of incidents: the bytes of a JPEG, which are erased when they are due; that there was one stays known.

CREATE TABLE photos (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  district TEXT NOT NULL REFERENCES districts (slug),
  incident TEXT NOT NULL,
  number INTEGER NOT NULL,
  at DATETIME NOT NULL,
  actor TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  digest TEXT,
  content BLOB,
  UNIQUE (district, incident, number)
);
CREATE INDEX photos_at ON photos (at);
