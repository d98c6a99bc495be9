-- +goose Up
-- What share of a board's work its team reserves for a type, a class or unplanned work, dated like its other settings.
CREATE TABLE reserve_versions (
  rid       INTEGER PRIMARY KEY AUTOINCREMENT,
  board_rid BIGINT NOT NULL REFERENCES boards (rid),
  part_of   TEXT NOT NULL,
  part      TEXT NOT NULL,
  percent   BIGINT NOT NULL,
  actor_id  TEXT NOT NULL DEFAULT '',
  from_at   BIGINT NOT NULL,
  to_at     BIGINT
);
CREATE INDEX reserve_versions_of_board ON reserve_versions (board_rid);
