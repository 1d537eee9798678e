-- What an event touched that names only the first of it, as JSON: the digest of the event is that of its roll. And the
-- history of an incident goes with the incident alone.

CREATE TABLE event_rolls (
  event bigint PRIMARY KEY,
  content text NOT NULL
);

CREATE FUNCTION incident_steps_remain() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'the histories of incidents are not removed';
  END IF;
  IF EXISTS (SELECT 1 FROM incidents WHERE district = OLD.district AND code = OLD.incident) THEN
    RAISE EXCEPTION 'the history of an incident is not removed';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER incident_steps_remain BEFORE DELETE ON incident_steps
  FOR EACH ROW EXECUTE FUNCTION incident_steps_remain();
CREATE TRIGGER incident_steps_not_emptied BEFORE TRUNCATE ON incident_steps
  FOR EACH STATEMENT EXECUTE FUNCTION incident_steps_remain();
