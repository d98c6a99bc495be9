-- +goose Up
-- The page's keys as one person has them; who is not here has the defaults. own: a JSON object, default → own.
CREATE TABLE own_keys (
  person_id TEXT PRIMARY KEY REFERENCES people (id),
  singles   BOOLEAN NOT NULL DEFAULT TRUE,
  own       TEXT NOT NULL DEFAULT '{}'
);
