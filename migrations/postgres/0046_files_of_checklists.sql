-- +goose Up
-- A file hangs at a card, or at a checklist that is about none.
ALTER TABLE attachments ALTER COLUMN card_rid DROP NOT NULL;
ALTER TABLE attachments ADD COLUMN checklist_rid BIGINT REFERENCES checklists (rid);
CREATE INDEX attachments_of_checklist ON attachments (checklist_rid) WHERE checklist_rid IS NOT NULL;
