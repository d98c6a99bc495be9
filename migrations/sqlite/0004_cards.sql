-- +goose Up
CREATE TABLE cards (
  rid            INTEGER PRIMARY KEY AUTOINCREMENT,
  id             TEXT NOT NULL UNIQUE,
  board_rid      BIGINT NOT NULL REFERENCES boards (rid),
  key            TEXT NOT NULL UNIQUE,
  title          TEXT NOT NULL,
  description    TEXT NOT NULL DEFAULT '',
  type           TEXT NOT NULL,
  discipline     TEXT NOT NULL,
  involves       TEXT NOT NULL DEFAULT '[]',
  class          TEXT NOT NULL,
  labels         TEXT NOT NULL DEFAULT '[]',
  due_on         TEXT NOT NULL DEFAULT '',
  size           DOUBLE PRECISION,
  version        BIGINT NOT NULL DEFAULT 1,
  field_versions TEXT NOT NULL DEFAULT '{}',
  -- what the card's face shows of the tables below, rewritten from them in the same transaction
  face           TEXT NOT NULL DEFAULT '{}',
  created_by     TEXT NOT NULL DEFAULT '',
  created_at     BIGINT NOT NULL,
  started_at     BIGINT,
  finished_at    BIGINT,
  archived_at    BIGINT,
  history_incomplete BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX cards_of_board ON cards (board_rid);

-- Keys that a card answers to: its own, and those from before it changed teams.
CREATE TABLE card_keys (
  key      TEXT PRIMARY KEY,
  card_rid BIGINT NOT NULL REFERENCES cards (rid)
);

-- Where a card stands on a board. Its own row, because a card can be mirrored on other boards.
-- Keys are compared bytewise.
CREATE TABLE places (
  card_rid   BIGINT NOT NULL REFERENCES cards (rid),
  board_rid  BIGINT NOT NULL REFERENCES boards (rid),
  column_rid BIGINT NOT NULL REFERENCES columns (rid),
  lane_rid   BIGINT REFERENCES lanes (rid),
  pos        TEXT NOT NULL,
  entered_at BIGINT NOT NULL,
  mirror     BOOLEAN NOT NULL DEFAULT FALSE,
  archived   BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (card_rid, board_rid)
);
CREATE INDEX places_in_order ON places (column_rid, archived, pos, card_rid, mirror);
CREATE INDEX places_of_board ON places (board_rid, archived);

-- The sources of every flow number (decisions 3). Times are epoch milliseconds.
CREATE TABLE card_transitions (
  rid             INTEGER PRIMARY KEY AUTOINCREMENT,
  card_rid        BIGINT NOT NULL REFERENCES cards (rid),
  board_rid       BIGINT NOT NULL REFERENCES boards (rid),
  from_column_rid BIGINT,
  to_column_rid   BIGINT,
  from_lane_rid   BIGINT,
  lane_rid        BIGINT,
  kind            TEXT NOT NULL,
  backward        BOOLEAN NOT NULL DEFAULT FALSE,
  return_category TEXT NOT NULL DEFAULT '',
  return_text     TEXT NOT NULL DEFAULT '',
  override_reason TEXT NOT NULL DEFAULT '',
  override_limit  TEXT NOT NULL DEFAULT '',
  actor_id        TEXT NOT NULL DEFAULT '',
  actor_name      TEXT NOT NULL DEFAULT '',
  seq             BIGINT NOT NULL DEFAULT 0,
  voided_at       BIGINT,
  at              BIGINT NOT NULL
);
CREATE INDEX transitions_of_card ON card_transitions (card_rid, at, rid);
CREATE INDEX transitions_of_board ON card_transitions (board_rid, at, rid);

CREATE TABLE blockers (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  card_rid    BIGINT NOT NULL REFERENCES cards (rid),
  board_rid   BIGINT NOT NULL REFERENCES boards (rid),
  category    TEXT NOT NULL,
  external    BOOLEAN NOT NULL DEFAULT FALSE,
  reason      TEXT NOT NULL,
  waiting_for TEXT NOT NULL DEFAULT '',
  opened_by   TEXT NOT NULL DEFAULT '',
  closed_by   TEXT NOT NULL DEFAULT '',
  opened_at   BIGINT NOT NULL,
  closed_at   BIGINT
);
CREATE INDEX blockers_of_card ON blockers (card_rid);
CREATE INDEX blockers_of_board ON blockers (board_rid, opened_at);

-- Owners as from–to intervals.
CREATE TABLE assignments (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  card_rid   BIGINT NOT NULL REFERENCES cards (rid),
  person_rid BIGINT NOT NULL REFERENCES people (rid),
  from_at    BIGINT NOT NULL,
  to_at      BIGINT
);
CREATE INDEX assignments_of_card ON assignments (card_rid);

-- Leading and involved disciplines as from–to intervals.
CREATE TABLE discipline_intervals (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  card_rid   BIGINT NOT NULL REFERENCES cards (rid),
  discipline TEXT NOT NULL,
  is_leading BOOLEAN NOT NULL,
  from_at    BIGINT NOT NULL,
  to_at      BIGINT
);
CREATE INDEX disciplines_of_card ON discipline_intervals (card_rid);

CREATE TABLE comments (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  card_rid    BIGINT NOT NULL REFERENCES cards (rid),
  author_id   TEXT NOT NULL DEFAULT '',
  author_name TEXT NOT NULL DEFAULT '',
  text        TEXT NOT NULL,
  at          BIGINT NOT NULL,
  edited_at   BIGINT,
  removed_at  BIGINT
);
CREATE INDEX comments_of_card ON comments (card_rid, at);

CREATE TABLE todos (
  rid      INTEGER PRIMARY KEY AUTOINCREMENT,
  id       TEXT NOT NULL UNIQUE,
  card_rid BIGINT NOT NULL REFERENCES cards (rid),
  list     TEXT NOT NULL DEFAULT '',
  text     TEXT NOT NULL,
  done     BOOLEAN NOT NULL DEFAULT FALSE,
  position BIGINT NOT NULL,
  removed_at BIGINT
);
CREATE INDEX todos_of_card ON todos (card_rid);

CREATE TABLE signals (
  card_rid   BIGINT NOT NULL REFERENCES cards (rid),
  key        TEXT NOT NULL,
  state      TEXT NOT NULL,
  text       TEXT NOT NULL,
  url        TEXT NOT NULL DEFAULT '',
  at         BIGINT NOT NULL,
  expires_at BIGINT,
  PRIMARY KEY (card_rid, key)
);

CREATE TABLE custom_fields (
  rid       INTEGER PRIMARY KEY AUTOINCREMENT,
  id        TEXT NOT NULL UNIQUE,
  board_rid BIGINT NOT NULL REFERENCES boards (rid),
  name      TEXT NOT NULL,
  type      TEXT NOT NULL
);
CREATE INDEX custom_fields_of_board ON custom_fields (board_rid);

CREATE TABLE custom_values (
  card_rid  BIGINT NOT NULL REFERENCES cards (rid),
  field_rid BIGINT NOT NULL REFERENCES custom_fields (rid),
  value     TEXT NOT NULL,
  PRIMARY KEY (card_rid, field_rid)
);

-- What an import brought, by its name over there, so that a second import adds only what is new.
CREATE TABLE external_ids (
  team_id     TEXT NOT NULL REFERENCES teams (id),
  source      TEXT NOT NULL,
  kind        TEXT NOT NULL,
  external_id TEXT NOT NULL,
  local_id    TEXT NOT NULL,
  PRIMARY KEY (team_id, source, kind, external_id)
);
