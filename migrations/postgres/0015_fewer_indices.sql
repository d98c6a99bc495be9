-- +goose Up
-- PostgreSQL keeps rows and keys apart already; only the index of what an event is about grows shorter.
DROP INDEX events_about;
CREATE INDEX events_about ON events (subject, seq) WHERE subject <> '';
