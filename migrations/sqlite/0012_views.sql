-- +goose Up
-- Filters and rows of a board under a name: one's own, or shared with everybody who may see the board.
CREATE TABLE board_views (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  board_rid  BIGINT NOT NULL REFERENCES boards (rid),
  person_id  TEXT NOT NULL REFERENCES people (id),
  name       TEXT NOT NULL,
  query      TEXT NOT NULL,
  shared     BOOLEAN NOT NULL DEFAULT FALSE,
  created_at BIGINT NOT NULL,
  removed_at BIGINT
);
CREATE INDEX board_views_of_board ON board_views (board_rid);

-- With which view a person opens a board; no row = with everything.
CREATE TABLE board_view_defaults (
  board_rid BIGINT NOT NULL REFERENCES boards (rid),
  person_id TEXT NOT NULL REFERENCES people (id),
  view_rid  BIGINT NOT NULL REFERENCES board_views (rid),
  PRIMARY KEY (board_rid, person_id)
);
