-- +goose Up
-- Written after the reveal of a retro with names.
ALTER TABLE retro_notes ADD COLUMN late BOOLEAN NOT NULL DEFAULT FALSE;
-- What was settled in a meeting and is taken up again stays as that meeting's summary tells it: another row goes on,
-- with the day on which it was parked, since the moment at which it was taken up.
ALTER TABLE standup_parked ADD COLUMN reopened_at BIGINT;
ALTER TABLE standup_parked ADD COLUMN since BIGINT;
