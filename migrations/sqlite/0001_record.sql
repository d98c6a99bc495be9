-- +goose Up
-- The record: every topic counts its own events, under the lock that each write takes first.
CREATE TABLE topics (
  id        TEXT PRIMARY KEY,
  seq       BIGINT NOT NULL DEFAULT 0,
  acl_epoch BIGINT NOT NULL DEFAULT 0,
  head      TEXT NOT NULL DEFAULT ''
);

CREATE TABLE events (
  topic      TEXT NOT NULL,
  seq        BIGINT NOT NULL,
  type       TEXT NOT NULL,
  actor_id   TEXT NOT NULL DEFAULT '',
  command_id TEXT NOT NULL DEFAULT '',
  at         BIGINT NOT NULL,
  data       TEXT NOT NULL,
  -- of the data as it was recorded: the chain covers this one, so that data can be erased on request
  digest     TEXT NOT NULL,
  hash       TEXT NOT NULL,
  -- what the event is about (a card's id), so that a card can tell its own history
  subject    TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (topic, seq)
) WITHOUT ROWID;

CREATE INDEX events_about ON events (subject, topic, seq) WHERE subject <> '';

-- +goose StatementBegin
CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER events_are_never_rewritten BEFORE UPDATE OF topic, seq, type, actor_id, command_id, at, digest, hash, subject ON events
BEGIN SELECT RAISE(ABORT, 'events are never rewritten'); END;
-- +goose StatementEnd

-- Answers of commands, kept 24 hours so that a retry is safe.
CREATE TABLE commands (
  actor_id     TEXT NOT NULL,
  key          TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  response     TEXT NOT NULL DEFAULT '',
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (actor_id, key)
) WITHOUT ROWID;
CREATE INDEX commands_by_age ON commands (created_at);

-- Work to be done after a commit (mail, hooks), claimed by the job runner.
CREATE TABLE outbox (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  kind       TEXT NOT NULL,
  topic      TEXT NOT NULL DEFAULT '',
  payload    TEXT NOT NULL,
  due_at     BIGINT NOT NULL,
  tries      BIGINT NOT NULL DEFAULT 0,
  claimed_until BIGINT NOT NULL DEFAULT 0,
  done_at    BIGINT,
  failed_at  BIGINT,
  last_error TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE done_at IS NULL AND failed_at IS NULL;

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
