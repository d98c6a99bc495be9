-- +goose Up
-- What a card is a part of, on whatever board that stands.
ALTER TABLE cards ADD COLUMN parent_rid BIGINT REFERENCES cards (rid);
CREATE INDEX cards_of_parent ON cards (parent_rid);

-- A to-do item that became a card.
ALTER TABLE todos ADD COLUMN child_rid BIGINT REFERENCES cards (rid);

-- Who wants to hear of a card. A row that says no stays, so that nothing switches it on again by itself.
CREATE TABLE watchers (
  card_rid  BIGINT NOT NULL REFERENCES cards (rid),
  person_id TEXT NOT NULL,
  watching  BOOLEAN NOT NULL,
  at        BIGINT NOT NULL,
  PRIMARY KEY (card_rid, person_id)
);

-- Whom a text names, and by which words: the words stay as they were written, the person may change their name.
CREATE TABLE mentions (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  card_rid    BIGINT NOT NULL REFERENCES cards (rid),
  comment_rid BIGINT REFERENCES comments (rid),
  person_id   TEXT NOT NULL,
  words       TEXT NOT NULL,
  actor_id    TEXT NOT NULL DEFAULT '',
  at          BIGINT NOT NULL
);
CREATE INDEX mentions_of_card ON mentions (card_rid);
CREATE INDEX mentions_of_person ON mentions (person_id, at);

CREATE TABLE card_links (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  card_rid   BIGINT NOT NULL REFERENCES cards (rid),
  kind       TEXT NOT NULL,
  url        TEXT NOT NULL,
  title      TEXT NOT NULL DEFAULT '',
  actor_id   TEXT NOT NULL DEFAULT '',
  at         BIGINT NOT NULL,
  removed_at BIGINT
);
CREATE INDEX links_of_card ON card_links (card_rid);

CREATE TABLE hypotheses (
  card_rid   BIGINT PRIMARY KEY REFERENCES cards (rid),
  believe    TEXT NOT NULL DEFAULT '',
  expect     TEXT NOT NULL DEFAULT '',
  measure    TEXT NOT NULL DEFAULT '',
  outcome    TEXT NOT NULL DEFAULT '',
  learned    TEXT NOT NULL DEFAULT '',
  outcome_by TEXT NOT NULL DEFAULT '',
  outcome_at BIGINT
);

-- Every version of a description from its first change on, the one before that included.
CREATE TABLE card_revisions (
  rid         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  card_rid    BIGINT NOT NULL REFERENCES cards (rid),
  text        TEXT NOT NULL,
  author_id   TEXT NOT NULL DEFAULT '',
  author_name TEXT NOT NULL DEFAULT '',
  at          BIGINT NOT NULL
);
CREATE INDEX revisions_of_card ON card_revisions (card_rid);

-- What a card begins as. Of one board, or of every board of the team.
CREATE TABLE card_templates (
  rid        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  team_id    TEXT NOT NULL REFERENCES teams (id),
  board_rid  BIGINT REFERENCES boards (rid),
  name       TEXT NOT NULL,
  about      TEXT NOT NULL DEFAULT '',
  body       TEXT NOT NULL,
  version    BIGINT NOT NULL DEFAULT 1,
  actor_id   TEXT NOT NULL DEFAULT '',
  at         BIGINT NOT NULL,
  retired_at BIGINT
);
CREATE INDEX card_templates_of_team ON card_templates (team_id);

-- Custom fields as leads make them. A choice's options are [{"id","name"}]: the name may change, values hold the id.
ALTER TABLE custom_fields ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE custom_fields ADD COLUMN options TEXT NOT NULL DEFAULT '[]';
ALTER TABLE custom_fields ADD COLUMN on_face BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE custom_fields ADD COLUMN position BIGINT NOT NULL DEFAULT 0;
ALTER TABLE custom_fields ADD COLUMN retired_at BIGINT;
UPDATE custom_fields SET position = rid;
UPDATE custom_fields SET type = 'choice', options = (SELECT COALESCE(json_group_array(json_object('id', v.value, 'name', v.value)), '[]')
  FROM (SELECT DISTINCT value FROM custom_values WHERE field_rid = custom_fields.rid ORDER BY value) v) WHERE type = 'list';
