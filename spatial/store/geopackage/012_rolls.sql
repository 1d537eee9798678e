-- What an event touched that names only the first of it, as JSON: the digest of the event is that of its roll. And the
-- history of an incident goes with the incident alone.

CREATE TABLE event_rolls (
  event INTEGER PRIMARY KEY,
  content TEXT NOT NULL
);

CREATE TRIGGER incident_steps_remain BEFORE DELETE ON incident_steps
WHEN EXISTS (SELECT 1 FROM incidents WHERE district = OLD.district AND code = OLD.incident)
BEGIN
  SELECT RAISE(ABORT, 'the history of an incident is not removed');
END;
