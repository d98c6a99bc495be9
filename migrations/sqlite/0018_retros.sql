-- +goose Up
-- A retro: one sitting of a team over one of its boards. Who wrote and who voted is known only by codes that the
-- retro's own key makes of a person; closing takes the key away (ADR 0016).
CREATE TABLE retros (
  rid           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT NOT NULL UNIQUE,
  board_rid     BIGINT NOT NULL REFERENCES boards (rid),
  team_id       TEXT NOT NULL REFERENCES teams (id),
  title         TEXT NOT NULL,
  template_key  TEXT NOT NULL,
  -- the template's columns as they were when it began: JSON
  columns       TEXT NOT NULL,
  anonymity     TEXT NOT NULL,
  phase         TEXT NOT NULL,
  code          TEXT NOT NULL DEFAULT '',
  question      TEXT NOT NULL DEFAULT '',
  -- 0: to be decided when voting begins
  budget        BIGINT NOT NULL DEFAULT 0,
  max_per_group BIGINT NOT NULL DEFAULT 0,
  timer_seconds BIGINT NOT NULL DEFAULT 0,
  timer_ends_at BIGINT,
  timer_left    BIGINT,
  -- the group that is being discussed
  topic         TEXT NOT NULL DEFAULT '',
  -- what the record held when it began: JSON
  facts         TEXT NOT NULL DEFAULT '{}',
  roti_n        BIGINT NOT NULL DEFAULT 0,
  roti_sum      BIGINT NOT NULL DEFAULT 0,
  safety_n      BIGINT NOT NULL DEFAULT 0,
  safety_sum    BIGINT NOT NULL DEFAULT 0,
  version       BIGINT NOT NULL DEFAULT 1,
  created_by    TEXT NOT NULL DEFAULT '',
  created_at    BIGINT NOT NULL,
  touched_at    BIGINT NOT NULL,
  closed_at     BIGINT,
  -- nobody came back to it, and it was closed by itself
  abandoned     BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX retros_of_team ON retros (team_id, created_at);
CREATE INDEX retros_of_board ON retros (board_rid, closed_at);
CREATE UNIQUE INDEX retros_by_code ON retros (code) WHERE code <> '';

-- The only thing that ties a code to a person. Gone when the retro is closed.
CREATE TABLE retro_keys (
  retro_rid BIGINT PRIMARY KEY REFERENCES retros (rid),
  secret    TEXT NOT NULL
);

CREATE TABLE retro_phases (
  retro_rid  BIGINT NOT NULL REFERENCES retros (rid),
  key        TEXT NOT NULL,
  enabled    BOOLEAN NOT NULL,
  seconds    BIGINT NOT NULL,
  started_at BIGINT,
  PRIMARY KEY (retro_rid, key)
);

-- Who is there. Nothing that somebody writes or votes touches these rows.
CREATE TABLE retro_people (
  retro_rid   BIGINT NOT NULL REFERENCES retros (rid),
  person_id   TEXT NOT NULL REFERENCES people (id),
  facilitator BOOLEAN NOT NULL DEFAULT FALSE,
  done        BOOLEAN NOT NULL DEFAULT FALSE,
  joined_at   BIGINT NOT NULL,
  seen_at     BIGINT NOT NULL,
  PRIMARY KEY (retro_rid, person_id)
);

-- No times and no counting ids: the order of notes tells nothing. author is a code until the retro is closed;
-- author_id is filled in named retros only.
CREATE TABLE retro_notes (
  id         TEXT PRIMARY KEY,
  retro_rid  BIGINT NOT NULL REFERENCES retros (rid),
  column_key TEXT NOT NULL,
  text       TEXT NOT NULL,
  author     TEXT,
  author_id  TEXT NOT NULL DEFAULT '',
  group_id   TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX retro_notes_of_retro ON retro_notes (retro_rid);

CREATE TABLE retro_groups (
  id         TEXT PRIMARY KEY,
  retro_rid  BIGINT NOT NULL REFERENCES retros (rid),
  column_key TEXT NOT NULL,
  title      TEXT NOT NULL,
  state      TEXT NOT NULL DEFAULT 'open',
  -- the total, written when voting ends
  votes      BIGINT NOT NULL DEFAULT 0,
  said       TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX retro_groups_of_retro ON retro_groups (retro_rid);

-- All of these are gone when the retro is closed.
CREATE TABLE retro_votes (
  retro_rid BIGINT NOT NULL REFERENCES retros (rid),
  group_id  TEXT NOT NULL,
  voter     TEXT NOT NULL,
  n         BIGINT NOT NULL,
  PRIMARY KEY (retro_rid, voter, group_id)
) WITHOUT ROWID;
CREATE TABLE retro_thumbs (
  retro_rid BIGINT NOT NULL REFERENCES retros (rid),
  voter     TEXT NOT NULL,
  value     TEXT NOT NULL,
  PRIMARY KEY (retro_rid, voter)
) WITHOUT ROWID;
CREATE TABLE retro_answers (
  retro_rid BIGINT NOT NULL REFERENCES retros (rid),
  voter     TEXT NOT NULL,
  kind      TEXT NOT NULL,
  value     BIGINT NOT NULL,
  PRIMARY KEY (retro_rid, kind, voter)
) WITHOUT ROWID;
-- Requests that were answered, by codes: the store's own list would name the person beside the text's hash.
CREATE TABLE retro_commands (
  retro_rid BIGINT NOT NULL REFERENCES retros (rid),
  command   TEXT NOT NULL,
  request   TEXT NOT NULL,
  PRIMARY KEY (retro_rid, command)
) WITHOUT ROWID;

CREATE TABLE retro_checkins (
  id        TEXT PRIMARY KEY,
  retro_rid BIGINT NOT NULL REFERENCES retros (rid),
  author    TEXT,
  author_id TEXT NOT NULL DEFAULT '',
  text      TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX retro_checkins_once ON retro_checkins (retro_rid, author);

-- What a team has decided to do. Each is a card; here is how it goes on from retro to retro.
CREATE TABLE retro_actions (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  retro_rid  BIGINT NOT NULL REFERENCES retros (rid),
  board_rid  BIGINT NOT NULL REFERENCES boards (rid),
  card_rid   BIGINT NOT NULL UNIQUE REFERENCES cards (rid),
  group_id   TEXT NOT NULL DEFAULT '',
  signal     TEXT NOT NULL,
  -- why there are more than three
  reason     TEXT NOT NULL DEFAULT '',
  state      TEXT NOT NULL DEFAULT 'open',
  carried    BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL
);
CREATE INDEX retro_actions_of_retro ON retro_actions (retro_rid);
CREATE INDEX retro_actions_open ON retro_actions (board_rid) WHERE state = 'open';

-- Open actions of earlier retros, as a retro finds and settles them.
CREATE TABLE retro_carried (
  retro_rid  BIGINT NOT NULL REFERENCES retros (rid),
  action_rid BIGINT NOT NULL REFERENCES retro_actions (rid),
  outcome    TEXT NOT NULL DEFAULT '',
  why        TEXT NOT NULL DEFAULT '',
  carried    BIGINT NOT NULL,
  PRIMARY KEY (retro_rid, action_rid)
);
