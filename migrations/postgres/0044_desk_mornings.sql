-- +goose Up
-- The last day, where the person is, on which it was looked whether anything waits on their desk.
CREATE TABLE desk_mornings (
  person_id TEXT PRIMARY KEY REFERENCES people (id),
  day       TEXT NOT NULL
);
