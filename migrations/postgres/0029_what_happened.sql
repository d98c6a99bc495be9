-- +goose Up

-- What happened lately on the cards that somebody watches.
CREATE INDEX watchers_watching ON watchers (person_id) WHERE watching = TRUE;
CREATE INDEX comments_lately ON comments (at);
