-- +goose Up
-- What is searched of a card: its name, and all that is written on it. ADR 0010.
CREATE VIEW search_source AS
SELECT c.rid AS rid, c.board_rid AS board_rid, c.key || ' ' || c.title AS title,
  substr(c.labels || ' ' || c.description
    || COALESCE((SELECT ' ' || group_concat(t.text, ' ') FROM todos t WHERE t.card_rid = c.rid AND t.removed_at IS NULL), '')
    || COALESCE((SELECT ' ' || group_concat(v.value, ' ') FROM custom_values v WHERE v.card_rid = c.rid), '')
    || COALESCE((SELECT ' ' || group_concat(m.text, ' ' ORDER BY m.rid DESC) FROM comments m WHERE m.card_rid = c.rid AND m.removed_at IS NULL), ''),
    1, 200000) AS body,
  'b' || c.board_rid AS scope
FROM cards c;

-- scope is the card's board as a word, so that the boards somebody may see are part of the question.
CREATE VIRTUAL TABLE search_words USING fts5 (title, body, scope, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2');

INSERT INTO search_words (rowid, title, body, scope) SELECT rid, title, body, scope FROM search_source;

-- Triggers, so that no door can forget: they run in the transaction of the change. A move writes none of these
-- columns. What an import stages is not searched before it is whole: port indexes it in chunks.
-- +goose StatementBegin
CREATE TRIGGER search_card_added AFTER INSERT ON cards
WHEN (SELECT staged_at FROM boards WHERE rid = NEW.board_rid) IS NULL
BEGIN
  INSERT INTO search_words (rowid, title, body, scope) SELECT rid, title, body, scope FROM search_source WHERE rid = NEW.rid;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_card_changed AFTER UPDATE OF key, title, description, labels, board_rid ON cards
WHEN (OLD.title <> NEW.title OR OLD.description <> NEW.description OR OLD.labels <> NEW.labels OR OLD.key <> NEW.key OR OLD.board_rid <> NEW.board_rid)
  AND (SELECT staged_at FROM boards WHERE rid = NEW.board_rid) IS NULL
BEGIN
  INSERT OR REPLACE INTO search_words (rowid, title, body, scope) SELECT rid, title, body, scope FROM search_source WHERE rid = NEW.rid;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_card_gone AFTER DELETE ON cards
BEGIN
  DELETE FROM search_words WHERE rowid = OLD.rid;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_comment_added AFTER INSERT ON comments
WHEN (SELECT b.staged_at FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE c.rid = NEW.card_rid) IS NULL
BEGIN
  INSERT OR REPLACE INTO search_words (rowid, title, body, scope) SELECT rid, title, body, scope FROM search_source WHERE rid = NEW.card_rid;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_comment_changed AFTER UPDATE OF text, removed_at ON comments
WHEN (OLD.text <> NEW.text OR (OLD.removed_at IS NULL) <> (NEW.removed_at IS NULL)) AND (SELECT b.staged_at FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE c.rid = NEW.card_rid) IS NULL
BEGIN
  INSERT OR REPLACE INTO search_words (rowid, title, body, scope) SELECT rid, title, body, scope FROM search_source WHERE rid = NEW.card_rid;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_comment_gone AFTER DELETE ON comments
WHEN (SELECT b.staged_at FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE c.rid = OLD.card_rid) IS NULL
BEGIN
  INSERT OR REPLACE INTO search_words (rowid, title, body, scope) SELECT rid, title, body, scope FROM search_source WHERE rid = OLD.card_rid;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_todo_added AFTER INSERT ON todos
WHEN (SELECT b.staged_at FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE c.rid = NEW.card_rid) IS NULL
BEGIN
  INSERT OR REPLACE INTO search_words (rowid, title, body, scope) SELECT rid, title, body, scope FROM search_source WHERE rid = NEW.card_rid;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_todo_changed AFTER UPDATE OF text, removed_at ON todos
WHEN (OLD.text <> NEW.text OR (OLD.removed_at IS NULL) <> (NEW.removed_at IS NULL)) AND (SELECT b.staged_at FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE c.rid = NEW.card_rid) IS NULL
BEGIN
  INSERT OR REPLACE INTO search_words (rowid, title, body, scope) SELECT rid, title, body, scope FROM search_source WHERE rid = NEW.card_rid;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_todo_gone AFTER DELETE ON todos
WHEN (SELECT b.staged_at FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE c.rid = OLD.card_rid) IS NULL
BEGIN
  INSERT OR REPLACE INTO search_words (rowid, title, body, scope) SELECT rid, title, body, scope FROM search_source WHERE rid = OLD.card_rid;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_value_added AFTER INSERT ON custom_values
WHEN (SELECT b.staged_at FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE c.rid = NEW.card_rid) IS NULL
BEGIN
  INSERT OR REPLACE INTO search_words (rowid, title, body, scope) SELECT rid, title, body, scope FROM search_source WHERE rid = NEW.card_rid;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_value_changed AFTER UPDATE OF value ON custom_values
WHEN (OLD.value <> NEW.value) AND (SELECT b.staged_at FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE c.rid = NEW.card_rid) IS NULL
BEGIN
  INSERT OR REPLACE INTO search_words (rowid, title, body, scope) SELECT rid, title, body, scope FROM search_source WHERE rid = NEW.card_rid;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_value_gone AFTER DELETE ON custom_values
WHEN (SELECT b.staged_at FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE c.rid = OLD.card_rid) IS NULL
BEGIN
  INSERT OR REPLACE INTO search_words (rowid, title, body, scope) SELECT rid, title, body, scope FROM search_source WHERE rid = OLD.card_rid;
END;
-- +goose StatementEnd
