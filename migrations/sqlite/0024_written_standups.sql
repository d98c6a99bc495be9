-- +goose Up
-- A standup in writing: how long after the last person was asked the digest goes out.
ALTER TABLE standup_series ADD COLUMN answer_hours BIGINT NOT NULL DEFAULT 3;

-- One day's standup in writing. turn_at is when something is to be done for it next: somebody asked or reminded, the
-- digest sent; only the job of that moment counts.
CREATE TABLE standup_digests (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  series_rid  BIGINT NOT NULL REFERENCES standup_series (rid),
  day         TEXT NOT NULL,
  state       TEXT NOT NULL,
  since_at    BIGINT NOT NULL DEFAULT 0,
  due_at      BIGINT NOT NULL,
  turn_at     BIGINT NOT NULL,
  sent_at     BIGINT,
  meeting_rid BIGINT REFERENCES standup_meetings (rid),
  UNIQUE (series_rid, day)
);

-- Who was asked when, and what they wrote. facts is what the record held when the digest went out.
CREATE TABLE standup_answers (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  digest_rid  BIGINT NOT NULL REFERENCES standup_digests (rid),
  person_id   TEXT NOT NULL REFERENCES people (id),
  asked_at    BIGINT NOT NULL,
  reminded_at BIGINT,
  answered_at BIGINT,
  finishes    TEXT NOT NULL DEFAULT '',
  help        TEXT NOT NULL DEFAULT '',
  hear        TEXT NOT NULL DEFAULT '',
  facts       TEXT NOT NULL DEFAULT '',
  UNIQUE (digest_rid, person_id)
);
