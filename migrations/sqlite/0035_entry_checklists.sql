-- +goose Up
-- The liaison checklist that a column asks of a card that enters it: JSON {"templateId","template","level","phase"}, '' = none.
ALTER TABLE columns ADD COLUMN checklist TEXT NOT NULL DEFAULT '';
