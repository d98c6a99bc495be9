-- +goose Up
-- Topics besides a board's own that whoever may see the board may follow: when access to the board changes, so does
-- access to these.
CREATE TABLE side_topics (
  topic    TEXT PRIMARY KEY,
  board_id TEXT NOT NULL REFERENCES boards (id),
  team_id  TEXT NOT NULL REFERENCES teams (id)
);
CREATE INDEX side_topics_of_board ON side_topics (board_id);
CREATE INDEX side_topics_of_team ON side_topics (team_id);

-- A team's standup on a board, for years. It is scheduled when at_minute, the minute of the day, is there.
CREATE TABLE standup_series (
  rid          INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE,
  board_id     TEXT NOT NULL UNIQUE REFERENCES boards (id),
  team_id      TEXT NOT NULL REFERENCES teams (id),
  name         TEXT NOT NULL,
  box_minutes  BIGINT NOT NULL,
  days         TEXT NOT NULL DEFAULT '',
  at_minute    BIGINT,
  time_zone    TEXT NOT NULL,
  meeting_url  TEXT NOT NULL DEFAULT '',
  panel_inches BIGINT NOT NULL,
  distance_cm  BIGINT NOT NULL,
  version      BIGINT NOT NULL DEFAULT 1,
  created_at   BIGINT NOT NULL
);
CREATE INDEX standup_series_of_team ON standup_series (team_id);

-- One sitting. Its agenda is made when it starts; what happened on the board meanwhile stands in the board's record
-- between the two sequences.
CREATE TABLE standup_meetings (
  rid            INTEGER PRIMARY KEY AUTOINCREMENT,
  id             TEXT NOT NULL UNIQUE,
  series_rid     BIGINT NOT NULL REFERENCES standup_series (rid),
  state          TEXT NOT NULL,
  started_at     BIGINT NOT NULL,
  started_by     TEXT NOT NULL,
  ended_at       BIGINT,
  touched_at     BIGINT NOT NULL,
  box_seconds    BIGINT NOT NULL,
  driver_id      TEXT NOT NULL DEFAULT '',
  step           BIGINT NOT NULL DEFAULT 0,
  healthy_open   BOOLEAN NOT NULL DEFAULT FALSE,
  healthy        TEXT NOT NULL DEFAULT '[]',
  brief          TEXT NOT NULL DEFAULT '{}',
  core           BIGINT,
  board_seq_from BIGINT NOT NULL,
  board_seq_to   BIGINT
);
CREATE UNIQUE INDEX standup_meetings_running ON standup_meetings (series_rid) WHERE state <> 'ended';
CREATE INDEX standup_meetings_of_series ON standup_meetings (series_rid, started_at);

CREATE TABLE standup_steps (
  meeting_rid BIGINT NOT NULL REFERENCES standup_meetings (rid),
  n           BIGINT NOT NULL,
  kind        TEXT NOT NULL,
  reason      TEXT NOT NULL DEFAULT '',
  card_id     TEXT NOT NULL DEFAULT '',
  column_id   TEXT NOT NULL DEFAULT '',
  shown_at    BIGINT,
  skipped     BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (meeting_rid, n)
);

-- Who said they would help with what. One that was taken back keeps its line, so that the card is told once.
CREATE TABLE standup_helpers (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  meeting_rid BIGINT NOT NULL REFERENCES standup_meetings (rid),
  card_id     TEXT NOT NULL,
  person_id   TEXT NOT NULL REFERENCES people (id),
  helps       BOOLEAN NOT NULL DEFAULT TRUE,
  at          BIGINT NOT NULL,
  UNIQUE (meeting_rid, card_id, person_id)
);

-- The parking lot belongs to the series: what is open comes back next time.
CREATE TABLE standup_parked (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  series_rid  BIGINT NOT NULL REFERENCES standup_series (rid),
  meeting_rid BIGINT REFERENCES standup_meetings (rid),
  text        TEXT NOT NULL,
  card_id     TEXT NOT NULL DEFAULT '',
  people      TEXT NOT NULL DEFAULT '[]',
  by_id       TEXT NOT NULL,
  at          BIGINT NOT NULL,
  outcome     TEXT NOT NULL DEFAULT '',
  outcome_key TEXT NOT NULL DEFAULT '',
  note        TEXT NOT NULL DEFAULT '',
  settled_by  TEXT NOT NULL DEFAULT '',
  settled_at  BIGINT,
  settled_in  BIGINT REFERENCES standup_meetings (rid)
);
CREATE INDEX standup_parked_open ON standup_parked (series_rid) WHERE settled_at IS NULL;
CREATE INDEX standup_parked_settled ON standup_parked (settled_in);

CREATE TABLE standup_attendance (
  meeting_rid BIGINT NOT NULL REFERENCES standup_meetings (rid),
  person_id   TEXT NOT NULL REFERENCES people (id),
  role        TEXT NOT NULL,
  state       TEXT NOT NULL,
  at          BIGINT NOT NULL,
  PRIMARY KEY (meeting_rid, person_id)
);

-- Who can be called when. service '' is the whole team; a plain name is somebody who has no account here.
CREATE TABLE on_call_shifts (
  rid       INTEGER PRIMARY KEY AUTOINCREMENT,
  id        TEXT NOT NULL UNIQUE,
  team_id   TEXT NOT NULL REFERENCES teams (id),
  service   TEXT NOT NULL DEFAULT '',
  role      TEXT NOT NULL,
  person_id TEXT REFERENCES people (id),
  name      TEXT NOT NULL DEFAULT '',
  from_at   BIGINT NOT NULL,
  to_at     BIGINT NOT NULL,
  source    TEXT NOT NULL,
  made_by   TEXT NOT NULL DEFAULT '',
  removed_at BIGINT
);
CREATE INDEX on_call_shifts_of_team ON on_call_shifts (team_id, to_at) WHERE removed_at IS NULL;

-- Calendars that shifts are read from. The address is a secret: it never leaves the server again.
CREATE TABLE on_call_calendars (
  rid     INTEGER PRIMARY KEY AUTOINCREMENT,
  team_id TEXT NOT NULL REFERENCES teams (id),
  service TEXT NOT NULL DEFAULT '',
  role    TEXT NOT NULL,
  url     TEXT NOT NULL,
  mark    TEXT NOT NULL,
  set_by  TEXT NOT NULL,
  set_at  BIGINT NOT NULL,
  read_at BIGINT,
  trouble TEXT NOT NULL DEFAULT '',
  UNIQUE (team_id, service, role)
);
