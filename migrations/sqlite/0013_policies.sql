-- +goose Up
-- Named checks that a column asks of a card that enters it: JSON [{"id","text"}].
ALTER TABLE columns ADD COLUMN checks TEXT NOT NULL DEFAULT '[]';
-- What a card is on this board, in the team's own words.
ALTER TABLE boards ADD COLUMN work_items TEXT NOT NULL DEFAULT '';

-- Dated versions of what a team agrees on beside what flow counts by: subject is column:ID (policy and checks),
-- lane:ID (name and limit), expedite or items; body is JSON, '' when it is gone.
CREATE TABLE policy_versions (
  rid       INTEGER PRIMARY KEY AUTOINCREMENT,
  board_rid BIGINT NOT NULL REFERENCES boards (rid),
  subject   TEXT NOT NULL,
  body      TEXT NOT NULL,
  actor_id  TEXT NOT NULL DEFAULT '',
  from_at   BIGINT NOT NULL
);
CREATE INDEX policy_versions_of_board ON policy_versions (board_rid, rid);

-- What was said to a column's checks when a card entered: met, or waived with a reason. text is the check as it read then.
CREATE TABLE card_checks (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  card_rid   BIGINT NOT NULL REFERENCES cards (rid),
  board_rid  BIGINT NOT NULL REFERENCES boards (rid),
  column_rid BIGINT NOT NULL REFERENCES columns (rid),
  check_id   TEXT NOT NULL,
  text       TEXT NOT NULL,
  waived     BOOLEAN NOT NULL DEFAULT FALSE,
  reason     TEXT NOT NULL DEFAULT '',
  actor_id   TEXT NOT NULL DEFAULT '',
  seq        BIGINT NOT NULL DEFAULT 0,
  at         BIGINT NOT NULL
);
CREATE INDEX card_checks_of_card ON card_checks (card_rid, at);
CREATE INDEX card_checks_of_board ON card_checks (board_rid, at);

-- Who changed the first places of the queue from which work is pulled, and why. Place 0 is "not among them".
CREATE TABLE top_changes (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  board_rid  BIGINT NOT NULL REFERENCES boards (rid),
  column_rid BIGINT NOT NULL REFERENCES columns (rid),
  card_rid   BIGINT NOT NULL REFERENCES cards (rid),
  from_place BIGINT NOT NULL,
  to_place   BIGINT NOT NULL,
  why        TEXT NOT NULL DEFAULT '',
  actor_id   TEXT NOT NULL DEFAULT '',
  seq        BIGINT NOT NULL,
  voided_at  BIGINT,
  at         BIGINT NOT NULL
);
CREATE INDEX top_changes_of_board ON top_changes (board_rid, seq);
