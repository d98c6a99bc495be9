-- +goose Up
-- The record and the answers become ordinary tables: their rows are long, and a table that is kept in the order of its
-- key has room for four of them in a page, so that every second write shifted its neighbours about. Appended, a row
-- is written once; the key is an index of its own, with short entries.
CREATE TABLE events_now (
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
);
INSERT INTO events_now (topic, seq, type, actor_id, command_id, at, data, digest, hash, subject)
  SELECT topic, seq, type, actor_id, command_id, at, data, digest, hash, subject FROM events ORDER BY at, topic, seq;
-- rebuild: of events
DROP TABLE events;
ALTER TABLE events_now RENAME TO events;
-- in the order of a topic's sequences; the topic itself would only make the entries longer
CREATE INDEX events_about ON events (subject, seq) WHERE subject <> '';

-- +goose StatementBegin
CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER events_are_never_rewritten BEFORE UPDATE OF topic, seq, type, actor_id, command_id, at, digest, hash, subject ON events
BEGIN SELECT RAISE(ABORT, 'events are never rewritten'); END;
-- +goose StatementEnd

CREATE TABLE commands_now (
  actor_id     TEXT NOT NULL,
  key          TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  response     TEXT NOT NULL DEFAULT '',
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (actor_id, key)
);
INSERT INTO commands_now (actor_id, key, request_hash, response, created_at)
  SELECT actor_id, key, request_hash, response, created_at FROM commands ORDER BY created_at;
-- rebuild: of commands
DROP TABLE commands;
ALTER TABLE commands_now RENAME TO commands;
CREATE INDEX commands_by_age ON commands (created_at);
