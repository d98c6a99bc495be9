-- +goose Up
-- The draft of a template's next version: items as JSON, none without one.
ALTER TABLE checklist_templates ADD COLUMN draft TEXT NOT NULL DEFAULT '';

-- Items that somebody proposes for a template, with why and where that comes from.
CREATE TABLE checklist_proposals (
  rid          INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE,
  template_rid BIGINT NOT NULL REFERENCES checklist_templates (rid),
  topic        TEXT NOT NULL,
  question     TEXT NOT NULL,
  help         TEXT NOT NULL DEFAULT '',
  why          TEXT NOT NULL,
  source_kind  TEXT NOT NULL DEFAULT '',
  source_id    TEXT NOT NULL DEFAULT '',
  by_id        TEXT NOT NULL REFERENCES people (id),
  at           BIGINT NOT NULL,
  state        TEXT NOT NULL DEFAULT 'open',
  decided_by   TEXT NOT NULL DEFAULT '',
  decided_at   BIGINT,
  reason       TEXT NOT NULL DEFAULT '',
  item         TEXT NOT NULL DEFAULT ''
);
CREATE INDEX checklist_proposals_of_template ON checklist_proposals (template_rid, state);
