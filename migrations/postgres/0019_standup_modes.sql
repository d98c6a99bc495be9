-- +goose Up
-- How a team stands up: along its board (walk), person by person (round_robin), or in writing (async).
ALTER TABLE standup_series ADD COLUMN mode TEXT NOT NULL DEFAULT 'walk';
ALTER TABLE standup_meetings ADD COLUMN mode TEXT NOT NULL DEFAULT 'walk';
-- Since when the present step is shown; of a person's turn nothing else is kept.
ALTER TABLE standup_meetings ADD COLUMN step_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE standup_steps ADD COLUMN person_id TEXT NOT NULL DEFAULT '';
