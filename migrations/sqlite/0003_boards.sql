-- +goose Up
CREATE TABLE boards (
  rid              INTEGER PRIMARY KEY AUTOINCREMENT,
  id               TEXT NOT NULL UNIQUE,
  team_id          TEXT NOT NULL REFERENCES teams (id),
  name             TEXT NOT NULL,
  visibility       TEXT NOT NULL,
  time_zone        TEXT NOT NULL,
  start_column_id  TEXT NOT NULL DEFAULT '',
  finish_column_id TEXT NOT NULL DEFAULT '',
  expedite_mode    TEXT NOT NULL DEFAULT 'reason',
  expedite_max     BIGINT NOT NULL DEFAULT 1,
  expedite_counts  BOOLEAN NOT NULL DEFAULT TRUE,
  blocker_categories TEXT NOT NULL DEFAULT '',
  version          BIGINT NOT NULL DEFAULT 1,
  created_by       TEXT NOT NULL DEFAULT '',
  created_at       BIGINT NOT NULL,
  staged_at        BIGINT,
  archived_at      BIGINT
);
CREATE INDEX boards_of_team ON boards (team_id);

CREATE TABLE columns (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  board_rid  BIGINT NOT NULL REFERENCES boards (rid),
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  policy     TEXT NOT NULL DEFAULT '',
  position   BIGINT NOT NULL,
  wip_mode   TEXT NOT NULL DEFAULT 'off',
  wip_min    BIGINT,
  wip_max    BIGINT,
  version    BIGINT NOT NULL DEFAULT 1,
  retired_at BIGINT
);
CREATE INDEX columns_of_board ON columns (board_rid);

-- Dated versions of what flow depends on: order, kind, limit, mode, started and finished points.
CREATE TABLE column_versions (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  column_rid BIGINT NOT NULL REFERENCES columns (rid),
  board_rid  BIGINT NOT NULL REFERENCES boards (rid),
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  position   BIGINT NOT NULL,
  wip_mode   TEXT NOT NULL,
  wip_min    BIGINT,
  wip_max    BIGINT,
  is_start   BOOLEAN NOT NULL,
  is_finish  BOOLEAN NOT NULL,
  retired    BOOLEAN NOT NULL DEFAULT FALSE,
  actor_id   TEXT NOT NULL DEFAULT '',
  from_at    BIGINT NOT NULL
);
CREATE INDEX column_versions_of_board ON column_versions (board_rid, from_at);

-- Service level expectations, dated; class '' is the default for every class without its own.
CREATE TABLE sle_versions (
  rid       INTEGER PRIMARY KEY AUTOINCREMENT,
  board_rid BIGINT NOT NULL REFERENCES boards (rid),
  class     TEXT NOT NULL,
  days      BIGINT NOT NULL,
  percent   BIGINT NOT NULL,
  actor_id  TEXT NOT NULL DEFAULT '',
  from_at   BIGINT NOT NULL,
  to_at     BIGINT
);
CREATE INDEX sle_versions_of_board ON sle_versions (board_rid);

CREATE TABLE lanes (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  board_rid  BIGINT NOT NULL REFERENCES boards (rid),
  name       TEXT NOT NULL,
  position   BIGINT NOT NULL,
  wip_mode   TEXT NOT NULL DEFAULT 'off',
  wip_min    BIGINT,
  wip_max    BIGINT,
  version    BIGINT NOT NULL DEFAULT 1,
  retired_at BIGINT
);
CREATE INDEX lanes_of_board ON lanes (board_rid);
