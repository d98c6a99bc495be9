-- +goose Up
-- The boards that a person has starred, in the order in which they want them.
CREATE TABLE favourites (
  person_id TEXT NOT NULL REFERENCES people (id),
  board_rid BIGINT NOT NULL REFERENCES boards (rid),
  position  BIGINT NOT NULL,
  PRIMARY KEY (person_id, board_rid)
);
