-- +goose Up
-- What a team owns and runs. Links are JSON, [{"label","url"}].
CREATE TABLE services (
  rid             INTEGER PRIMARY KEY AUTOINCREMENT,
  id              TEXT NOT NULL UNIQUE,
  team_id         TEXT NOT NULL REFERENCES teams (id),
  name            TEXT NOT NULL,
  description     TEXT NOT NULL DEFAULT '',
  kind            TEXT NOT NULL,
  criticality     TEXT NOT NULL,
  operating_model TEXT NOT NULL,
  links           TEXT NOT NULL DEFAULT '[]',
  version         BIGINT NOT NULL DEFAULT 1,
  created_at      BIGINT NOT NULL,
  archived_at     BIGINT
);
CREATE INDEX services_of_team ON services (team_id);
