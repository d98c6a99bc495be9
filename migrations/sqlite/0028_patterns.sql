-- +goose Up
-- How operations or security stand to a team: who, for what share of a week, under which contract. One that ended keeps
-- its line. An open one that is embedded or liaison has its row in liaisons, which gives the rights: ADR 0018.
CREATE TABLE patterns (
  rid           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT NOT NULL UNIQUE,
  team_id       TEXT NOT NULL REFERENCES teams (id),
  discipline    TEXT NOT NULL,
  pattern       TEXT NOT NULL,
  person_id     TEXT NOT NULL REFERENCES people (id),
  deputy_id     TEXT REFERENCES people (id),
  -- of a week, 0..1
  share         DOUBLE PRECISION NOT NULL,
  response_days BIGINT NOT NULL,
  -- days, YYYY-MM-DD
  since         TEXT NOT NULL,
  review_on     TEXT NOT NULL,
  exit_criteria TEXT NOT NULL DEFAULT '',
  purpose       TEXT NOT NULL DEFAULT '',
  ended_at      BIGINT,
  ended_why     TEXT NOT NULL DEFAULT '',
  version       BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX patterns_open ON patterns (team_id, person_id) WHERE ended_at IS NULL;
CREATE INDEX patterns_of_person ON patterns (person_id);

-- Somebody is away, from a day to a day, both included; why is nobody's business.
CREATE TABLE leaves (
  rid          INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE,
  person_id    TEXT NOT NULL REFERENCES people (id),
  from_day     TEXT NOT NULL,
  to_day       TEXT NOT NULL,
  made_by      TEXT NOT NULL,
  made_at      BIGINT NOT NULL,
  withdrawn_at BIGINT
);
CREATE INDEX leaves_of_person ON leaves (person_id, to_day);

-- What somebody has said of how much a team wants a discipline, where the record does not say it. null is unknown.
CREATE TABLE team_needs (
  team_id     TEXT NOT NULL REFERENCES teams (id),
  discipline  TEXT NOT NULL,
  criticality BIGINT,
  pages       BIGINT,
  skill       BIGINT,
  launch_on   TEXT NOT NULL DEFAULT '',
  said_by     TEXT NOT NULL,
  said_at     BIGINT NOT NULL,
  PRIMARY KEY (team_id, discipline)
);
