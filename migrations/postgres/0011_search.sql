-- +goose Up
-- What is searched of a card: its name, and all that is written on it. ADR 0010.
CREATE VIEW search_source AS
SELECT c.rid AS rid, c.board_rid AS board_rid, c.key || ' ' || c.title AS title,
  substr(c.labels || ' ' || c.description
    || COALESCE((SELECT ' ' || string_agg(t.text, ' ') FROM todos t WHERE t.card_rid = c.rid AND t.removed_at IS NULL), '')
    || COALESCE((SELECT ' ' || string_agg(v.value, ' ') FROM custom_values v WHERE v.card_rid = c.rid), '')
    || COALESCE((SELECT ' ' || string_agg(m.text, ' ' ORDER BY m.rid DESC) FROM comments m WHERE m.card_rid = c.rid AND m.removed_at IS NULL), ''),
    1, 200000) AS body
FROM cards c;

-- Words as people type them: without accents and case, and nothing but words, so that the parser sees no hosts,
-- file names or signed numbers. In plain SQL, because the extension unaccent is not everywhere.
CREATE FUNCTION search_fold(said TEXT) RETURNS TEXT LANGUAGE SQL IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(regexp_replace(regexp_replace(normalize(said, NFKD), '[\u0300-\u036f]', '', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+', ' ', 'g'))
$$;

CREATE TABLE search_words (
  card_rid BIGINT PRIMARY KEY,
  -- both hold the card's board as a word too, so that the boards somebody may see are part of the question
  title    TSVECTOR NOT NULL,
  body     TSVECTOR NOT NULL -- the title's words too: all words of a question are asked of it together
);
-- a short list of what is not merged in yet: every question reads it whole
CREATE INDEX search_words_title ON search_words USING GIN (title) WITH (gin_pending_list_limit = 256);
CREATE INDEX search_words_body ON search_words USING GIN (body) WITH (gin_pending_list_limit = 256);

CREATE FUNCTION search_vector(said TEXT, board BIGINT) RETURNS TSVECTOR LANGUAGE SQL IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('simple', search_fold(said)) || array_to_tsvector(ARRAY['board/' || board])
$$;

-- +goose StatementBegin
CREATE FUNCTION search_index(card BIGINT) RETURNS VOID LANGUAGE SQL AS $$
  INSERT INTO search_words (card_rid, title, body)
  SELECT s.rid, search_vector(s.title, s.board_rid), search_vector(s.title || ' ' || s.body, s.board_rid)
  FROM search_source s WHERE s.rid = card
  ON CONFLICT (card_rid) DO UPDATE SET title = excluded.title, body = excluded.body
$$;
-- +goose StatementEnd

SELECT search_index(rid) FROM cards;

-- Triggers, so that no door can forget: they run in the transaction of the change. A move writes none of these
-- columns. What an import stages is not searched before it is whole: port indexes it in chunks.
-- +goose StatementBegin
CREATE FUNCTION search_card_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT staged_at FROM boards WHERE rid = NEW.board_rid) IS NULL THEN
    PERFORM search_index(NEW.rid);
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION search_card_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM search_words WHERE card_rid = OLD.rid;
  RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION search_part_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT b.staged_at FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE c.rid = NEW.card_rid) IS NULL THEN
    PERFORM search_index(NEW.card_rid);
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION search_part_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT b.staged_at FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE c.rid = OLD.card_rid) IS NULL THEN
    PERFORM search_index(OLD.card_rid);
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER search_card_added AFTER INSERT ON cards FOR EACH ROW EXECUTE FUNCTION search_card_written();
CREATE TRIGGER search_card_changed AFTER UPDATE OF key, title, description, labels, board_rid ON cards FOR EACH ROW
WHEN (OLD.title <> NEW.title OR OLD.description <> NEW.description OR OLD.labels <> NEW.labels OR OLD.key <> NEW.key OR OLD.board_rid <> NEW.board_rid) EXECUTE FUNCTION search_card_written();
CREATE TRIGGER search_card_gone AFTER DELETE ON cards FOR EACH ROW EXECUTE FUNCTION search_card_gone();
CREATE TRIGGER search_comment_added AFTER INSERT ON comments FOR EACH ROW EXECUTE FUNCTION search_part_written();
CREATE TRIGGER search_comment_changed AFTER UPDATE OF text, removed_at ON comments FOR EACH ROW
WHEN (OLD.text <> NEW.text OR (OLD.removed_at IS NULL) <> (NEW.removed_at IS NULL)) EXECUTE FUNCTION search_part_written();
CREATE TRIGGER search_comment_gone AFTER DELETE ON comments FOR EACH ROW EXECUTE FUNCTION search_part_gone();
CREATE TRIGGER search_todo_added AFTER INSERT ON todos FOR EACH ROW EXECUTE FUNCTION search_part_written();
CREATE TRIGGER search_todo_changed AFTER UPDATE OF text, removed_at ON todos FOR EACH ROW
WHEN (OLD.text <> NEW.text OR (OLD.removed_at IS NULL) <> (NEW.removed_at IS NULL)) EXECUTE FUNCTION search_part_written();
CREATE TRIGGER search_todo_gone AFTER DELETE ON todos FOR EACH ROW EXECUTE FUNCTION search_part_gone();
CREATE TRIGGER search_value_added AFTER INSERT ON custom_values FOR EACH ROW EXECUTE FUNCTION search_part_written();
CREATE TRIGGER search_value_changed AFTER UPDATE OF value ON custom_values FOR EACH ROW
WHEN (OLD.value <> NEW.value) EXECUTE FUNCTION search_part_written();
CREATE TRIGGER search_value_gone AFTER DELETE ON custom_values FOR EACH ROW EXECUTE FUNCTION search_part_gone();
