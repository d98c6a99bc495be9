-- +goose Up
-- Until when notes are collected before a retro's meeting; NULL: it begins with the meeting.
ALTER TABLE retros ADD COLUMN opens_until BIGINT;
ALTER TABLE retros ADD COLUMN reminded_at BIGINT;

-- Templates of a team's own. A retro keeps the columns with which it began, whatever becomes of them here.
CREATE TABLE retro_templates (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  team_id     TEXT NOT NULL REFERENCES teams (id),
  name        TEXT NOT NULL,
  when_to_use TEXT NOT NULL DEFAULT '',
  minutes     BIGINT NOT NULL,
  question    TEXT NOT NULL DEFAULT '',
  -- as in retros: JSON
  columns     TEXT NOT NULL,
  version     BIGINT NOT NULL DEFAULT 1,
  created_by  TEXT NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL,
  archived_at BIGINT
);
CREATE INDEX retro_templates_of_team ON retro_templates (team_id);
