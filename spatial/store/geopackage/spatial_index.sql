-- The R-tree of one feature table and the triggers that keep it (OGC 12-128r19, F.3; the triggers of version 1.4, which
-- survive UPSERT). {table} is filled in for each table that has a geometry column and no index yet.

CREATE VIRTUAL TABLE rtree_{table}_geom USING rtree(id, minx, maxx, miny, maxy);

INSERT INTO gpkg_extensions VALUES
  ('{table}', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');

INSERT INTO rtree_{table}_geom
  SELECT fid, ST_MinX(geom), ST_MaxX(geom), ST_MinY(geom), ST_MaxY(geom)
  FROM {table} WHERE geom NOT NULL AND NOT ST_IsEmpty(geom);

CREATE TRIGGER rtree_{table}_geom_insert AFTER INSERT ON {table}
  WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  INSERT OR REPLACE INTO rtree_{table}_geom VALUES (
    NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
  );
END;

-- the geometry goes, the row stays
CREATE TRIGGER rtree_{table}_geom_update2 AFTER UPDATE OF geom ON {table}
  WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM rtree_{table}_geom WHERE id = OLD.fid;
END;

-- the row gets another key, without a geometry
CREATE TRIGGER rtree_{table}_geom_update4 AFTER UPDATE ON {table}
  WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM rtree_{table}_geom WHERE id IN (OLD.fid, NEW.fid);
END;

-- the row gets another key, with a geometry
CREATE TRIGGER rtree_{table}_geom_update5 AFTER UPDATE ON {table}
  WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM rtree_{table}_geom WHERE id = OLD.fid;
  INSERT OR REPLACE INTO rtree_{table}_geom VALUES (
    NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
  );
END;

-- one geometry becomes another
CREATE TRIGGER rtree_{table}_geom_update6 AFTER UPDATE OF geom ON {table}
  WHEN OLD.fid = NEW.fid AND
       (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) AND
       (OLD.geom NOTNULL AND NOT ST_IsEmpty(OLD.geom))
BEGIN
  UPDATE rtree_{table}_geom SET
    minx = ST_MinX(NEW.geom), maxx = ST_MaxX(NEW.geom), miny = ST_MinY(NEW.geom), maxy = ST_MaxY(NEW.geom)
  WHERE id = NEW.fid;
END;

-- a geometry comes where there was none
CREATE TRIGGER rtree_{table}_geom_update7 AFTER UPDATE OF geom ON {table}
  WHEN OLD.fid = NEW.fid AND
       (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) AND
       (OLD.geom ISNULL OR ST_IsEmpty(OLD.geom))
BEGIN
  INSERT INTO rtree_{table}_geom VALUES (
    NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
  );
END;

CREATE TRIGGER rtree_{table}_geom_delete AFTER DELETE ON {table}
  WHEN OLD.geom NOT NULL
BEGIN
  DELETE FROM rtree_{table}_geom WHERE id = OLD.fid;
END;
