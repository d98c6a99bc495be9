-- +goose Up
-- A team's ritual that comes again, besides its standup: of each kind one on a board that is not put away. It is
-- scheduled when at_minute, the minute of the day, is there: on days of each week, or of every so many weeks counted
-- from that of anchor. A series of the kind retro only gives dates.
CREATE TABLE ritual_series (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  board_id    TEXT NOT NULL REFERENCES boards (id),
  team_id     TEXT NOT NULL REFERENCES teams (id),
  kind        TEXT NOT NULL,
  name        TEXT NOT NULL,
  box_minutes BIGINT NOT NULL,
  days        TEXT NOT NULL DEFAULT '',
  at_minute   BIGINT,
  time_zone   TEXT NOT NULL,
  every_weeks BIGINT NOT NULL DEFAULT 1,
  anchor      TEXT NOT NULL DEFAULT '',
  meeting_url TEXT NOT NULL DEFAULT '',
  version     BIGINT NOT NULL DEFAULT 1,
  created_at  BIGINT NOT NULL,
  archived_at BIGINT
);
CREATE UNIQUE INDEX ritual_series_of_board ON ritual_series (board_id, kind) WHERE archived_at IS NULL;
CREATE INDEX ritual_series_of_team ON ritual_series (team_id);

-- One sitting. What it works on is written down when it starts; what happened on the board meanwhile stands in the
-- board's record between the two sequences.
CREATE TABLE ritual_sittings (
  rid            INTEGER PRIMARY KEY AUTOINCREMENT,
  id             TEXT NOT NULL UNIQUE,
  series_rid     BIGINT NOT NULL REFERENCES ritual_series (rid),
  state          TEXT NOT NULL,
  started_at     BIGINT NOT NULL,
  started_by     TEXT NOT NULL,
  ended_at       BIGINT,
  touched_at     BIGINT NOT NULL,
  box_seconds    BIGINT NOT NULL,
  step           BIGINT NOT NULL DEFAULT 0,
  facts          TEXT NOT NULL DEFAULT '{}',
  core           BIGINT,
  board_seq_from BIGINT NOT NULL,
  board_seq_to   BIGINT
);
CREATE UNIQUE INDEX ritual_sittings_running ON ritual_sittings (series_rid) WHERE state <> 'ended';
CREATE INDEX ritual_sittings_of_series ON ritual_sittings (series_rid, started_at);

CREATE TABLE ritual_attendance (
  sitting_rid BIGINT NOT NULL REFERENCES ritual_sittings (rid),
  person_id   TEXT NOT NULL REFERENCES people (id),
  role        TEXT NOT NULL,
  state       TEXT NOT NULL,
  at          BIGINT NOT NULL,
  PRIMARY KEY (sitting_rid, person_id)
);

-- Replenishment: what somebody says to a candidate, yes, or not yet and why.
CREATE TABLE ritual_words (
  sitting_rid BIGINT NOT NULL REFERENCES ritual_sittings (rid),
  card_id     TEXT NOT NULL,
  person_id   TEXT NOT NULL REFERENCES people (id),
  says        TEXT NOT NULL,
  because     TEXT NOT NULL DEFAULT '',
  at          BIGINT NOT NULL,
  PRIMARY KEY (sitting_rid, card_id, person_id)
);

-- Demo: the cards of a sitting in their order, who presents them, and what became of each: '' not yet, shown, or
-- skipped for good. What was not shown comes back next time.
CREATE TABLE ritual_cards (
  sitting_rid  BIGINT NOT NULL REFERENCES ritual_sittings (rid),
  n            BIGINT NOT NULL,
  card_id      TEXT NOT NULL,
  presenter_id TEXT NOT NULL DEFAULT '',
  outcome      TEXT NOT NULL DEFAULT '',
  shown_at     BIGINT,
  PRIMARY KEY (sitting_rid, card_id)
);
CREATE INDEX ritual_cards_of_card ON ritual_cards (card_id);

-- To whom a card's result was shown; one that was taken back keeps its line.
CREATE TABLE demo_marks (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  card_id     TEXT NOT NULL,
  audience    TEXT NOT NULL,
  sitting_rid BIGINT REFERENCES ritual_sittings (rid),
  by_id       TEXT NOT NULL,
  at          BIGINT NOT NULL,
  note        TEXT NOT NULL DEFAULT '',
  removed_at  BIGINT
);
CREATE UNIQUE INDEX demo_marks_of_card ON demo_marks (card_id, audience) WHERE removed_at IS NULL;
CREATE INDEX demo_marks_of_sitting ON demo_marks (sitting_rid);

-- Flow review: what was decided; each is a card.
CREATE TABLE ritual_decisions (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  sitting_rid BIGINT NOT NULL REFERENCES ritual_sittings (rid),
  card_id     TEXT NOT NULL,
  signal      TEXT NOT NULL DEFAULT '',
  at          BIGINT NOT NULL,
  removed_at  BIGINT
);
CREATE INDEX ritual_decisions_of_sitting ON ritual_decisions (sitting_rid);
