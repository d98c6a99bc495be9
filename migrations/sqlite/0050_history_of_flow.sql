-- +goose Up
-- rebuild: the index holds all that flow reads of a move, so that a board's whole history is read from it in order.
DROP INDEX transitions_of_board;
CREATE INDEX transitions_of_board ON card_transitions (board_rid, at, rid, card_rid, to_column_rid, kind, return_category, voided_at);
