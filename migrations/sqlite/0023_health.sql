-- +goose Up
-- A team's health checks. While one is open, who said what is known only by codes that its own key makes of a person;
-- revealing it keeps counts and takes the rest away (ADR 0016).
CREATE TABLE health_checks (
  rid       INTEGER PRIMARY KEY AUTOINCREMENT,
  id        TEXT NOT NULL UNIQUE,
  team_id   TEXT NOT NULL REFERENCES teams (id),
  state     TEXT NOT NULL,
  -- keys of the questions' sets, with commas
  sets      TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  ended_at  BIGINT,
  -- people, counted when it was revealed
  answered  BIGINT NOT NULL DEFAULT 0,
  version   BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX health_checks_of_team ON health_checks (team_id, state);
CREATE UNIQUE INDEX health_checks_open ON health_checks (team_id) WHERE state = 'open';

-- The only thing that ties a code to a person. Gone when the check is over.
CREATE TABLE health_keys (
  check_rid BIGINT PRIMARY KEY REFERENCES health_checks (rid),
  secret    TEXT NOT NULL
);
-- Gone when the check is over.
CREATE TABLE health_answers (
  check_rid BIGINT NOT NULL REFERENCES health_checks (rid),
  voter     TEXT NOT NULL,
  question  TEXT NOT NULL,
  score     BIGINT NOT NULL,
  trend     BIGINT NOT NULL,
  PRIMARY KEY (check_rid, voter, question)
) WITHOUT ROWID;
-- Requests that were answered, by codes: the store's own list would name the person beside a hash of what they said.
CREATE TABLE health_commands (
  check_rid BIGINT NOT NULL REFERENCES health_checks (rid),
  command   TEXT NOT NULL,
  request   TEXT NOT NULL,
  PRIMARY KEY (check_rid, command)
) WITHOUT ROWID;
-- What a team said: counts of people. Nothing of a question that fewer than four have answered.
CREATE TABLE health_results (
  check_rid BIGINT NOT NULL REFERENCES health_checks (rid),
  question  TEXT NOT NULL,
  well      BIGINT NOT NULL,
  so_so     BIGINT NOT NULL,
  bad       BIGINT NOT NULL,
  better    BIGINT NOT NULL,
  worse     BIGINT NOT NULL,
  PRIMARY KEY (check_rid, question)
) WITHOUT ROWID;
