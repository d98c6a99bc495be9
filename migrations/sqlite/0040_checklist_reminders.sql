-- +goose Up
-- Who was told on which day of the team what waits for them in a checklist: once a day each.
CREATE TABLE checklist_reminders (
  checklist_rid BIGINT NOT NULL REFERENCES checklists (rid),
  person_id     TEXT NOT NULL,
  day           TEXT NOT NULL,
  at            BIGINT NOT NULL,
  by_id         TEXT NOT NULL,
  PRIMARY KEY (checklist_rid, person_id, day)
);
