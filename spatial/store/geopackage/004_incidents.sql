-- What an incident's life needs beside its row: the case, its history, event lists, calendars, and answers already given.

ALTER TABLE incidents ADD COLUMN note TEXT;
ALTER TABLE incidents ADD COLUMN floor INTEGER;
ALTER TABLE incidents ADD COLUMN staircase INTEGER;
ALTER TABLE incidents ADD COLUMN arrive_by DATETIME;
ALTER TABLE incidents ADD COLUMN arrived_at DATETIME;
ALTER TABLE incidents ADD COLUMN responder TEXT;
ALTER TABLE incidents ADD COLUMN mediator TEXT;
ALTER TABLE incidents ADD COLUMN merged_into TEXT;

-- asked and tag are JSON; a row comes with the first step
CREATE TABLE cases (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  district TEXT NOT NULL REFERENCES districts (slug),
  incident TEXT NOT NULL,
  version INTEGER NOT NULL,
  list_version TEXT,
  command TEXT,
  asked TEXT,
  interrupted TEXT,
  left_ms INTEGER,
  working BOOLEAN NOT NULL,
  tag TEXT,
  UNIQUE (district, incident)
);

-- the history: rows are added and never changed, but reasons and details can be erased when they are due
CREATE TABLE incident_steps (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  district TEXT NOT NULL REFERENCES districts (slug),
  incident TEXT NOT NULL,
  number INTEGER NOT NULL,
  at DATETIME NOT NULL,
  actor TEXT NOT NULL,
  role TEXT NOT NULL,
  act TEXT NOT NULL,
  state_before TEXT,
  state_after TEXT NOT NULL,
  reason TEXT,
  details TEXT,
  UNIQUE (district, incident, number)
);

CREATE TRIGGER incident_steps_stay BEFORE UPDATE ON incident_steps
WHEN (NEW.id, NEW.district, NEW.incident, NEW.number, NEW.at, NEW.actor, NEW.role, NEW.act, NEW.state_after)
  IS NOT (OLD.id, OLD.district, OLD.incident, OLD.number, OLD.at, OLD.actor, OLD.role, OLD.act, OLD.state_after)
  OR NEW.state_before IS NOT OLD.state_before
  OR NEW.reason IS NOT NULL OR NEW.details IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'the history of an incident is not rewritten');
END;

-- content is JSON; the newest of a district is in force
CREATE TABLE event_lists (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  district TEXT NOT NULL REFERENCES districts (slug),
  version TEXT NOT NULL,
  at DATETIME NOT NULL,
  content TEXT NOT NULL,
  UNIQUE (district, version)
);

CREATE TABLE calendars (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  district TEXT NOT NULL REFERENCES districts (slug),
  at DATETIME NOT NULL,
  content TEXT NOT NULL
);

-- what was answered to a request with a key: the same request gets the same answer
CREATE TABLE answers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  actor TEXT NOT NULL,
  request TEXT NOT NULL,
  digest TEXT NOT NULL,
  at DATETIME NOT NULL,
  status INTEGER NOT NULL,
  content TEXT NOT NULL,
  UNIQUE (actor, request)
);
CREATE INDEX answers_at ON answers (at);
