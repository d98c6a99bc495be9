-- +goose Up
-- Since when asks to the team land in this column; the newest one of a team counts.
ALTER TABLE columns ADD COLUMN asks_at BIGINT;

-- What somebody asked a team for. The work itself is the card; here is what passes between the two.
CREATE TABLE asks (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  card_rid    BIGINT NOT NULL UNIQUE REFERENCES cards (rid),
  team_id     TEXT NOT NULL REFERENCES teams (id),
  by_id       TEXT NOT NULL REFERENCES people (id),
  by_name     TEXT NOT NULL,
  title       TEXT NOT NULL,
  -- where the asker wants to see it once it is accepted, '' = nowhere
  for_board_id TEXT NOT NULL DEFAULT '',
  for_team_key TEXT NOT NULL DEFAULT '',
  state       TEXT NOT NULL,
  raised_at   BIGINT NOT NULL,
  settled_at  BIGINT,
  settled_by  TEXT NOT NULL DEFAULT '',
  reason      TEXT NOT NULL DEFAULT '',
  question    TEXT NOT NULL DEFAULT '',
  answer      TEXT NOT NULL DEFAULT '',
  -- two proposed times to sit together, and the one that was taken
  sit_a       BIGINT,
  sit_b       BIGINT,
  sit_taken   BIGINT,
  sit_with    TEXT NOT NULL DEFAULT '',
  sit_minutes BIGINT NOT NULL DEFAULT 30
);
CREATE INDEX asks_of_person ON asks (by_id, raised_at);
CREATE INDEX asks_of_team ON asks (team_id, state);

-- Today asks for a person's cards, and for what is open on a board.
CREATE INDEX assignments_open ON assignments (person_rid) WHERE to_at IS NULL;
CREATE INDEX blockers_open ON blockers (board_rid) WHERE closed_at IS NULL;
