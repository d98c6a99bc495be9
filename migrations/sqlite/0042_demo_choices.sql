-- +goose Up
-- What is chosen before a demo: cards that it leaves out, until the one after it or for good. A card is later until the
-- demo has begun, and skipped until somebody takes that back.
CREATE TABLE ritual_choices (
  series_rid BIGINT NOT NULL REFERENCES ritual_series (rid),
  card_id    TEXT NOT NULL,
  outcome    TEXT NOT NULL,
  by_id      TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (series_rid, card_id)
);
