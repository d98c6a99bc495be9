// Package ask is the room of asks: what somebody wants of another team, without a ticket queue between them.
//
// An ask becomes a card in the asked team's column for asks, and is triaged there: accepted (it moves on), declined
// with a reason, or asked back. Moving the card on by hand is accepting it; taking that back is the card's undo.
// Who asked follows it in a list of their own, with its place and the days that asks of that team take, also where
// they may not see the board. An accepted ask is mirrored on the asker's board.
package ask
