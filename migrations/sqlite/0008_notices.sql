-- +goose Up
-- The inbox: one line per person and note. job is the note's job in the outbox, which comes at least once.
CREATE TABLE notices (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  person_id  TEXT NOT NULL REFERENCES people (id),
  job        BIGINT NOT NULL,
  kind       TEXT NOT NULL,
  board_id   TEXT NOT NULL DEFAULT '',
  card_id    TEXT NOT NULL DEFAULT '',
  card_key   TEXT NOT NULL DEFAULT '',
  title      TEXT NOT NULL,
  text       TEXT NOT NULL DEFAULT '',
  link       TEXT NOT NULL DEFAULT '',
  actor_id   TEXT NOT NULL DEFAULT '',
  actor_name TEXT NOT NULL DEFAULT '',
  at         BIGINT NOT NULL,
  read_at    BIGINT,
  -- when it may go by mail (NULL: not at all), the job that took it, and when that was settled
  mail_due   BIGINT,
  mail_job   BIGINT NOT NULL DEFAULT 0,
  mail_done  BIGINT,
  UNIQUE (person_id, job)
);
CREATE INDEX notices_of_person ON notices (person_id, rid);
CREATE INDEX notices_unread ON notices (person_id, board_id) WHERE read_at IS NULL;
CREATE INDEX notices_to_mail ON notices (person_id, mail_due) WHERE mail_due IS NOT NULL AND mail_done IS NULL;
CREATE INDEX notices_by_age ON notices (at);

-- What somebody chose; what is not here is as by default.
CREATE TABLE notice_ways (
  person_id TEXT NOT NULL REFERENCES people (id),
  kind      TEXT NOT NULL,
  way       TEXT NOT NULL,
  PRIMARY KEY (person_id, kind)
);

-- Minutes of the day, in the person's zone.
CREATE TABLE notice_times (
  person_id      TEXT PRIMARY KEY REFERENCES people (id),
  mail           BOOLEAN NOT NULL DEFAULT TRUE,
  digest_at      BIGINT NOT NULL,
  quiet          BOOLEAN NOT NULL DEFAULT FALSE,
  quiet_from     BIGINT NOT NULL,
  quiet_to       BIGINT NOT NULL,
  quiet_weekends BOOLEAN NOT NULL DEFAULT FALSE
);

-- One incoming hook of a chat per team. The address is a secret: it never leaves the server again.
CREATE TABLE team_chats (
  team_id TEXT PRIMARY KEY REFERENCES teams (id),
  url     TEXT NOT NULL,
  kinds   TEXT NOT NULL,
  set_by  TEXT NOT NULL,
  set_at  BIGINT NOT NULL
);

-- What went out by mail and chat, or why not; one line per job.
CREATE TABLE deliveries (
  rid       INTEGER PRIMARY KEY AUTOINCREMENT,
  channel   TEXT NOT NULL,
  job       BIGINT NOT NULL,
  person_id TEXT NOT NULL DEFAULT '',
  team_id   TEXT NOT NULL DEFAULT '',
  subject   TEXT NOT NULL DEFAULT '',
  notices   BIGINT NOT NULL DEFAULT 0,
  state     TEXT NOT NULL,
  reason    TEXT NOT NULL DEFAULT '',
  tries     BIGINT NOT NULL DEFAULT 0,
  at        BIGINT NOT NULL,
  UNIQUE (channel, job)
);
CREATE INDEX deliveries_of_team ON deliveries (team_id, rid);
CREATE INDEX deliveries_by_age ON deliveries (at);
