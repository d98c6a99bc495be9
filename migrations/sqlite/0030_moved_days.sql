-- +goose Up

-- The day by which an action was due before a retro that kept it moved that day; '' where it did not.
ALTER TABLE retro_carried ADD COLUMN due_was TEXT NOT NULL DEFAULT '';
