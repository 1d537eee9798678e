-- Districts, levels, editions and duty holders; the trail of events; who looked at what.
-- Tables that a person may read in QGIS are registered as attributes.

CREATE TABLE districts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  centre_lon DOUBLE NOT NULL,
  centre_lat DOUBLE NOT NULL,
  zone INTEGER NOT NULL,
  synthetic BOOLEAN NOT NULL
);

CREATE TABLE levels (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  district TEXT NOT NULL REFERENCES districts (slug),
  tree TEXT NOT NULL,
  rank INTEGER NOT NULL,
  slug TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  parent TEXT,
  tiles_parent BOOLEAN NOT NULL,
  governing BOOLEAN NOT NULL,
  UNIQUE (district, tree, rank),
  UNIQUE (district, tree, slug)
);

CREATE TABLE editions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  district TEXT NOT NULL REFERENCES districts (slug),
  tree TEXT NOT NULL,
  number INTEGER NOT NULL,
  published_at DATETIME NOT NULL,
  actor TEXT NOT NULL,
  note TEXT NOT NULL,
  UNIQUE (district, tree, number)
);

CREATE TABLE duty_holders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL,
  district TEXT NOT NULL REFERENCES districts (slug),
  post TEXT NOT NULL,
  area TEXT NOT NULL,
  path TEXT NOT NULL,
  holder TEXT,
  staircase INTEGER,
  UNIQUE (district, code)
);
CREATE INDEX duty_holders_area ON duty_holders (area);
CREATE INDEX duty_holders_path ON duty_holders (path);

-- ids have no gap; codes and fields are JSON lists
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  at DATETIME NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  collection TEXT NOT NULL,
  district TEXT,
  codes TEXT NOT NULL,
  count INTEGER NOT NULL,
  edition INTEGER,
  fields TEXT NOT NULL,
  digest TEXT NOT NULL,
  chain TEXT NOT NULL
);

-- apart from the events, because a salt is erased with the content that its digest stands for
CREATE TABLE event_salts (
  event INTEGER PRIMARY KEY,
  salt TEXT NOT NULL
);

-- one row: where the chain ends
CREATE TABLE event_head (
  last INTEGER NOT NULL,
  chain TEXT NOT NULL
);

CREATE TABLE access_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at DATETIME NOT NULL,
  actor TEXT NOT NULL,
  what TEXT NOT NULL,
  district TEXT,
  count INTEGER NOT NULL
);

CREATE TABLE revisions (
  collection TEXT NOT NULL PRIMARY KEY,
  revision INTEGER NOT NULL
);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES
  ('districts', 'attributes', '区县列表 List of districts', 'The districts that this store holds'),
  ('levels', 'attributes', '层级 Levels', 'The ranks of every tree'),
  ('editions', 'attributes', '版本 Editions', 'The published states of every tree'),
  ('duty_holders', 'attributes', '责任人 Duty holders', 'Posts of the chain and who holds them');
