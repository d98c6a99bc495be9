-- +goose Up
-- What a team says of itself: what it is there for, and how to reach it.
CREATE TABLE team_about (
  team_id TEXT NOT NULL PRIMARY KEY REFERENCES teams (id),
  mission TEXT NOT NULL,
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  hours   TEXT NOT NULL,
  version BIGINT NOT NULL
);
