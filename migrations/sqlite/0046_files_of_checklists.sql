-- +goose Up
-- A file hangs at a card, or at a checklist that is about none.
CREATE TABLE attachments_now (
  rid           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT NOT NULL UNIQUE,
  card_rid      BIGINT REFERENCES cards (rid),
  name          TEXT NOT NULL,
  type          TEXT NOT NULL,
  size          BIGINT NOT NULL,
  sha256        TEXT NOT NULL,
  blob          TEXT NOT NULL UNIQUE,
  preview       TEXT NOT NULL DEFAULT '',
  width         BIGINT NOT NULL DEFAULT 0,
  height        BIGINT NOT NULL DEFAULT 0,
  added_by      TEXT NOT NULL DEFAULT '',
  added_name    TEXT NOT NULL DEFAULT '',
  at            BIGINT NOT NULL,
  removed_at    BIGINT,
  removed_by    TEXT NOT NULL DEFAULT '',
  checklist_rid BIGINT REFERENCES checklists (rid)
);
INSERT INTO attachments_now (rid, id, card_rid, name, type, size, sha256, blob, preview, width, height, added_by, added_name, at, removed_at, removed_by)
  SELECT rid, id, card_rid, name, type, size, sha256, blob, preview, width, height, added_by, added_name, at, removed_at, removed_by FROM attachments;
-- rebuild: of attachments
DROP TABLE attachments;
ALTER TABLE attachments_now RENAME TO attachments;
CREATE INDEX attachments_of_card ON attachments (card_rid);
CREATE INDEX attachments_of_checklist ON attachments (checklist_rid) WHERE checklist_rid IS NOT NULL;
CREATE INDEX attachments_of_preview ON attachments (preview) WHERE preview <> '';
CREATE INDEX attachments_removed ON attachments (removed_at) WHERE removed_at IS NOT NULL;
