-- +goose Up
-- A checklist as it stood when it was frozen, as JSON: what lists show of it, and all of it. One that was thawed keeps
-- its copy, with who did so and why.
CREATE TABLE checklist_copies (
  rid           INTEGER PRIMARY KEY AUTOINCREMENT,
  checklist_rid BIGINT NOT NULL REFERENCES checklists (rid),
  head          TEXT NOT NULL,
  body          TEXT NOT NULL,
  at            BIGINT NOT NULL,
  by_id         TEXT NOT NULL,
  thawed_at     BIGINT,
  thawed_by     TEXT NOT NULL DEFAULT '',
  thawed_why    TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX checklist_copies_standing ON checklist_copies (checklist_rid) WHERE thawed_at IS NULL;
