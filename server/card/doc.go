// Package card is the room of cards: what they say, where they stand, how they move, what blocks them, and
// the board's snapshot made of their faces.
//
// A card belongs to one board and has a place there (column, lane, order key). Every change writes the
// sources of flow (transitions, blockers, assignments) and one event in the same transaction. A face is the
// only shape of a card that leaves on a board; it is the same bytes for everybody who may see the board.
package card
