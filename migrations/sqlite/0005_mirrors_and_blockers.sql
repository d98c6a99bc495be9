-- +goose Up
-- A card may stand on other boards too. Each says whether such a mirror counts against its limits.
ALTER TABLE boards ADD COLUMN mirrors_count BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX places_mirrored ON places (card_rid) WHERE mirror = TRUE;

-- Where a mirror stood from when to when, and whether its limit counted it: the one thing about a mirror that
-- flow cannot read from the owning board's record.
CREATE TABLE mirror_stays (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  card_rid   BIGINT NOT NULL REFERENCES cards (rid),
  board_rid  BIGINT NOT NULL REFERENCES boards (rid),
  column_rid BIGINT NOT NULL REFERENCES columns (rid),
  lane_rid   BIGINT REFERENCES lanes (rid),
  counted    BOOLEAN NOT NULL,
  actor_id   TEXT NOT NULL DEFAULT '',
  from_at    BIGINT NOT NULL,
  to_at      BIGINT
);
CREATE INDEX mirror_stays_of_board ON mirror_stays (board_rid, from_at);
CREATE INDEX mirror_stays_open ON mirror_stays (card_rid, board_rid) WHERE to_at IS NULL;

-- A blocker can be raised to a person, who says by which day they see to it.
ALTER TABLE blockers ADD COLUMN raised_to TEXT NOT NULL DEFAULT '';
ALTER TABLE blockers ADD COLUMN raised_by TEXT NOT NULL DEFAULT '';
ALTER TABLE blockers ADD COLUMN raised_at BIGINT;
ALTER TABLE blockers ADD COLUMN promised_on TEXT NOT NULL DEFAULT '';
ALTER TABLE blockers ADD COLUMN promised_at BIGINT;
CREATE INDEX blockers_raised ON blockers (raised_to) WHERE closed_at IS NULL AND raised_to <> '';

-- A card that waits for another one, from when to when; its blocker is the one that the link keeps open.
CREATE TABLE waits (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  card_rid    BIGINT NOT NULL REFERENCES cards (rid),
  on_rid      BIGINT NOT NULL REFERENCES cards (rid),
  blocker_rid BIGINT NOT NULL REFERENCES blockers (rid),
  actor_id    TEXT NOT NULL DEFAULT '',
  from_at     BIGINT NOT NULL,
  to_at       BIGINT
);
CREATE INDEX waits_of_card ON waits (card_rid) WHERE to_at IS NULL;
CREATE INDEX waits_on_card ON waits (on_rid) WHERE to_at IS NULL;
CREATE INDEX waits_of_blocker ON waits (blocker_rid);
