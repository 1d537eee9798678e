-- One feature table for each collection that is stored, its columns as in spatial/schema.py, the geometry last so
-- that a test of an attribute does not read past it; and a view for each collection that is a level of the areas.

CREATE TABLE areas (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  code TEXT NOT NULL,
  district TEXT NOT NULL REFERENCES districts (slug),
  name TEXT,
  name_en TEXT,
  tree TEXT NOT NULL,
  level TEXT NOT NULL,
  parent TEXT,
  path TEXT NOT NULL,
  from_edition INTEGER NOT NULL,
  to_edition INTEGER,
  kind TEXT,
  management TEXT,
  model BOOLEAN,
  households INTEGER,
  elderly_alone INTEGER,
  floors INTEGER,
  height_m DOUBLE,
  staircases INTEGER,
  built INTEGER,
  extra TEXT,
  geom MULTIPOLYGON
);
-- unique within the newest edition; the older ones were unique when they were it
CREATE UNIQUE INDEX areas_code ON areas (district, tree, level, code) WHERE to_edition IS NULL;
CREATE INDEX areas_level ON areas (level, district) WHERE to_edition IS NULL;
CREATE INDEX areas_path ON areas (path);

CREATE TABLE stations (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  code TEXT NOT NULL,
  district TEXT NOT NULL REFERENCES districts (slug),
  name TEXT,
  name_en TEXT,
  kind TEXT,
  functions TEXT,
  opens TEXT,
  responsible TEXT,
  path TEXT,
  extra TEXT,
  geom POINT,
  UNIQUE (district, code)
);
CREATE INDEX stations_path ON stations (path);
CREATE INDEX stations_kind ON stations (district, kind);

CREATE TABLE incidents (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  code TEXT NOT NULL,
  district TEXT NOT NULL REFERENCES districts (slug),
  name TEXT,
  name_en TEXT,
  kind TEXT,
  category TEXT,
  state TEXT,
  priority INTEGER,
  dispute BOOLEAN,
  department TEXT,
  reported_at DATETIME,
  due_at DATETIME,
  closed_at DATETIME,
  accuracy_m DOUBLE,
  datum TEXT,
  first_responsible TEXT,
  first_edition INTEGER,
  responsible TEXT,
  path TEXT,
  extra TEXT,
  geom POINT,
  UNIQUE (district, code)
);
CREATE INDEX incidents_path ON incidents (path);
CREATE INDEX incidents_kind ON incidents (district, kind);
CREATE INDEX incidents_time ON incidents (reported_at);

CREATE TABLE cameras (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  code TEXT NOT NULL,
  district TEXT NOT NULL REFERENCES districts (slug),
  name TEXT,
  name_en TEXT,
  kind TEXT,
  state TEXT,
  place TEXT,
  height_m DOUBLE,
  bearing DOUBLE,
  field_of_view DOUBLE,
  range_m DOUBLE,
  compound TEXT,
  responsible TEXT,
  path TEXT,
  extra TEXT,
  geom POINT,
  UNIQUE (district, code)
);
CREATE INDEX cameras_path ON cameras (path);
CREATE INDEX cameras_kind ON cameras (district, kind);

CREATE TABLE roads (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  code TEXT NOT NULL,
  district TEXT NOT NULL REFERENCES districts (slug),
  name TEXT,
  name_en TEXT,
  kind TEXT,
  width_m DOUBLE,
  walkable BOOLEAN,
  drivable BOOLEAN,
  extra TEXT,
  geom LINESTRING,
  UNIQUE (district, code)
);
CREATE INDEX roads_kind ON roads (district, kind);

CREATE TABLE assets (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  code TEXT NOT NULL,
  district TEXT NOT NULL REFERENCES districts (slug),
  name TEXT,
  name_en TEXT,
  kind TEXT,
  compound TEXT,
  responsible TEXT,
  path TEXT,
  extra TEXT,
  geom GEOMETRY,
  UNIQUE (district, code)
);
CREATE INDEX assets_path ON assets (path);
CREATE INDEX assets_kind ON assets (district, kind);

CREATE TABLE ground (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  code TEXT NOT NULL,
  district TEXT NOT NULL REFERENCES districts (slug),
  name TEXT,
  name_en TEXT,
  kind TEXT,
  height_m DOUBLE,
  extra TEXT,
  geom GEOMETRY,
  UNIQUE (district, code)
);
CREATE INDEX ground_kind ON ground (district, kind);

-- the key is called OGC_FID for GDAL and QGIS to know it
CREATE VIEW compounds AS SELECT
  fid AS OGC_FID,
  code,
  district,
  name,
  name_en,
  tree,
  level,
  parent,
  path,
  from_edition,
  to_edition,
  kind,
  management,
  model,
  households,
  elderly_alone,
  floors,
  height_m,
  staircases,
  built,
  extra,
  geom
FROM areas WHERE level = 'compound' AND to_edition IS NULL;

-- the key is called OGC_FID for GDAL and QGIS to know it
CREATE VIEW buildings AS SELECT
  fid AS OGC_FID,
  code,
  district,
  name,
  name_en,
  tree,
  level,
  parent,
  path,
  from_edition,
  to_edition,
  kind,
  management,
  model,
  households,
  elderly_alone,
  floors,
  height_m,
  staircases,
  built,
  extra,
  geom
FROM areas WHERE level = 'building' AND to_edition IS NULL;

INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES
  ('areas', 'features', '区域 Areas', 4326),
  ('compounds', 'features', '小区 Compounds', 4326),
  ('buildings', 'features', '楼栋 Buildings', 4326),
  ('stations', 'features', '服务站点 Stations', 4326),
  ('incidents', 'features', '事件 Incidents', 4326),
  ('cameras', 'features', '监控点位 Camera sites', 4326),
  ('roads', 'features', '道路 Roads', 4326),
  ('assets', 'features', '部件设施 Assets', 4326),
  ('ground', 'features', '底图地物 Ground', 4326);

INSERT INTO gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m) VALUES
  ('areas', 'geom', 'MULTIPOLYGON', 4326, 0, 0),
  ('compounds', 'geom', 'MULTIPOLYGON', 4326, 0, 0),
  ('buildings', 'geom', 'MULTIPOLYGON', 4326, 0, 0),
  ('stations', 'geom', 'POINT', 4326, 0, 0),
  ('incidents', 'geom', 'POINT', 4326, 0, 0),
  ('cameras', 'geom', 'POINT', 4326, 0, 0),
  ('roads', 'geom', 'LINESTRING', 4326, 0, 0),
  ('assets', 'geom', 'GEOMETRY', 4326, 0, 0),
  ('ground', 'geom', 'GEOMETRY', 4326, 0, 0);
