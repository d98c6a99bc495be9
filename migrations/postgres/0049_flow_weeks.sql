-- +goose Up
-- The Monday, where the board is, of the last week in which its team was told how the one before went.
CREATE TABLE flow_weeks (
  board_rid BIGINT PRIMARY KEY REFERENCES boards (rid),
  monday    TEXT NOT NULL
);
