-- Who may sign in. Of passwords, sessions and tokens only hashes are kept; sessions are part of no backup.

-- scope is a JSON list of paths
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  scope TEXT NOT NULL,
  disabled BOOLEAN NOT NULL,
  demo BOOLEAN NOT NULL,
  password TEXT
);

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  digest TEXT NOT NULL UNIQUE,
  login TEXT NOT NULL REFERENCES accounts (login) ON DELETE CASCADE,
  started_at DATETIME NOT NULL,
  seen_at DATETIME NOT NULL
);
CREATE INDEX sessions_login ON sessions (login);

CREATE TABLE tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  digest TEXT NOT NULL UNIQUE,
  login TEXT NOT NULL REFERENCES accounts (login) ON DELETE CASCADE,
  label TEXT NOT NULL,
  created_at DATETIME NOT NULL,
  expires_at DATETIME
);
CREATE INDEX tokens_login ON tokens (login);

CREATE INDEX access_log_at ON access_log (at);
