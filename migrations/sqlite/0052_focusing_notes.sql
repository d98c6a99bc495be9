-- +goose Up
-- What a team does about its constraint: dated notes at the five focusing steps of Goldratt, beside the value stream.
CREATE TABLE flow_notes (
  rid          INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE,
  board_rid    BIGINT NOT NULL REFERENCES boards (rid),
  column_rid   BIGINT REFERENCES columns (rid),
  step         TEXT NOT NULL,
  body         TEXT NOT NULL,
  day          TEXT NOT NULL,
  person_id    TEXT NOT NULL REFERENCES people (id),
  version      BIGINT NOT NULL DEFAULT 1,
  created_at   BIGINT NOT NULL,
  changed_at   BIGINT,
  withdrawn_at BIGINT
);
CREATE INDEX flow_notes_of_board ON flow_notes (board_rid);
