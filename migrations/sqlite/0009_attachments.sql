-- +goose Up
-- A file at a card. blob and preview name bytes in the blob store, under names that say nothing.
CREATE TABLE attachments (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  card_rid   BIGINT NOT NULL REFERENCES cards (rid),
  name       TEXT NOT NULL,
  type       TEXT NOT NULL,
  size       BIGINT NOT NULL,
  sha256     TEXT NOT NULL,
  blob       TEXT NOT NULL UNIQUE,
  preview    TEXT NOT NULL DEFAULT '',
  width      BIGINT NOT NULL DEFAULT 0,
  height     BIGINT NOT NULL DEFAULT 0,
  added_by   TEXT NOT NULL DEFAULT '',
  added_name TEXT NOT NULL DEFAULT '',
  at         BIGINT NOT NULL,
  removed_at BIGINT,
  removed_by TEXT NOT NULL DEFAULT ''
);
CREATE INDEX attachments_of_card ON attachments (card_rid);
CREATE INDEX attachments_of_preview ON attachments (preview) WHERE preview <> '';
CREATE INDEX attachments_removed ON attachments (removed_at) WHERE removed_at IS NOT NULL;

-- Bytes of all attachments, counted in the write that adds or forgets one, so that two at once cannot both take the last of them.
CREATE TABLE attachment_usage (
  id    BIGINT PRIMARY KEY,
  bytes BIGINT NOT NULL
);
INSERT INTO attachment_usage (id, bytes) VALUES (1, 0);
