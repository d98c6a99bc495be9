-- +goose Up
-- Demo: what was said of a card in a sitting; each is a comment on the card, which has the words.
CREATE TABLE ritual_notes (
  sitting_rid BIGINT NOT NULL REFERENCES ritual_sittings (rid),
  card_id     TEXT NOT NULL,
  comment_id  TEXT NOT NULL,
  PRIMARY KEY (sitting_rid, comment_id)
);
