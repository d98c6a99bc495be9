-- +goose Up
CREATE TABLE people (
  rid           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  email         TEXT NOT NULL UNIQUE,
  discipline    TEXT NOT NULL,
  role          TEXT NOT NULL,
  password_hash TEXT NOT NULL DEFAULT '',
  hue           BIGINT NOT NULL DEFAULT 0,
  time_zone     TEXT NOT NULL DEFAULT '',
  auth_epoch    BIGINT NOT NULL DEFAULT 0,
  placeholder   BOOLEAN NOT NULL DEFAULT FALSE,
  created_at    BIGINT NOT NULL,
  disabled_at   BIGINT
);

CREATE TABLE sessions (
  id           TEXT PRIMARY KEY,
  person_id    TEXT NOT NULL REFERENCES people (id),
  user_agent   TEXT NOT NULL DEFAULT '',
  address      TEXT NOT NULL DEFAULT '',
  created_at   BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL,
  revoked_at   BIGINT
);
CREATE INDEX sessions_of_person ON sessions (person_id);

CREATE TABLE teams (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  key         TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  kind        TEXT NOT NULL,
  next_number BIGINT NOT NULL DEFAULT 1,
  created_at  BIGINT NOT NULL,
  archived_at BIGINT
);

CREATE TABLE members (
  team_id    TEXT NOT NULL REFERENCES teams (id),
  person_id  TEXT NOT NULL REFERENCES people (id),
  role       TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (team_id, person_id)
);
CREATE INDEX members_of_person ON members (person_id);

CREATE TABLE liaisons (
  team_id    TEXT NOT NULL REFERENCES teams (id),
  person_id  TEXT NOT NULL REFERENCES people (id),
  discipline TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (team_id, person_id)
);
CREATE INDEX liaisons_of_person ON liaisons (person_id);

CREATE TABLE tokens (
  id           TEXT PRIMARY KEY,
  person_id    TEXT NOT NULL REFERENCES people (id),
  team_id      TEXT REFERENCES teams (id),
  name         TEXT NOT NULL,
  secret_hash  TEXT NOT NULL,
  scopes       TEXT NOT NULL,
  created_at   BIGINT NOT NULL,
  expires_at   BIGINT,
  last_used_at BIGINT,
  revoked_at   BIGINT
);
CREATE INDEX tokens_of_person ON tokens (person_id);

CREATE TABLE invites (
  id         TEXT PRIMARY KEY,
  email      TEXT NOT NULL DEFAULT '',
  team_id    TEXT REFERENCES teams (id),
  role       TEXT NOT NULL,
  team_role  TEXT NOT NULL DEFAULT '',
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT,
  used_by    TEXT NOT NULL DEFAULT '',
  revoked_at BIGINT
);

CREATE TABLE device_links (
  id         TEXT PRIMARY KEY,
  team_id    TEXT NOT NULL REFERENCES teams (id),
  name       TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  last_used_at BIGINT,
  revoked_at BIGINT
);

-- Failed sign-ins per account and per address, so that a delay can grow on every node alike.
CREATE TABLE sign_in_failures (
  key        TEXT PRIMARY KEY,
  failures   BIGINT NOT NULL,
  last_at    BIGINT NOT NULL,
  blocked_until BIGINT NOT NULL DEFAULT 0
);

-- Tickets for sockets of clients that cannot send a header; each opens one socket.
CREATE TABLE live_tickets (
  id         TEXT PRIMARY KEY,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT
);
